package acctest

import (
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// serviceHeader is what package identity of the local AWS calls ServiceHeader.
const serviceHeader = "Localaws-Service"

// AsCloudFormation makes a call one of a service's, which may set the tags that AWS keeps for itself.
func AsCloudFormation(o *s3.Options) {
	o.APIOptions = append(o.APIOptions, smithyhttp.AddHeaderValue(serviceHeader, "cloudformation"))
}

// AsCloudFormationIAM is AsCloudFormation for IAM.
func AsCloudFormationIAM(o *iam.Options) {
	o.APIOptions = append(o.APIOptions, smithyhttp.AddHeaderValue(serviceHeader, "cloudformation"))
}
