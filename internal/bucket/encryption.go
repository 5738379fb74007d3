package bucket

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

// keyARN is the key that a bucket encrypts with. It is null if S3 has the key by its ID or an alias, which kms_key_arn
// does not accept.
func keyARN(encryption s3bucket.Encryption) types.String {
	if _, err := awsname.ParseKMSKeyARN(encryption.KMSKey); err != nil {
		return types.StringNull()
	}
	return types.StringValue(encryption.KMSKey)
}

// warnOfKey names the key in S3 that kms_key_arn cannot express, and says how to find its ARN. next says what follows.
func (m foundModel) warnOfKey(encryption s3bucket.Encryption, next string) diag.Diagnostics {
	var diags diag.Diagnostics
	if encryption.KMSKey == "" || !keyARN(encryption).IsNull() {
		return diags
	}
	diags.AddAttributeWarning(path.Root("encryption").AtName("kms_key_arn"), "KMS key without an ARN",
		fmt.Sprintf("Bucket %q uses %s, set outside of this resource and not by the key's ARN, so kms_key_arn is null. %s To find the ARN:\n\n"+
			"  aws kms describe-key --region %s --key-id %s --query KeyMetadata.Arn --output text",
			m.Bucket.ValueString(), describeEncryption(encryption), next, m.Region.ValueString(), encryption.KMSKey))
	return diags
}

// warnOfEncryption warns about an adopted bucket whose encryption has no argument.
func (m foundModel) warnOfEncryption(encryption s3bucket.Encryption) diag.Diagnostics {
	var diags diag.Diagnostics
	switch encryption.Algorithm {
	case "", s3bucket.EncryptionS3:
		return diags
	case s3bucket.EncryptionKMS:
		if encryption.KMSKey != "" {
			return diags
		}
	}
	diags.AddAttributeWarning(path.Root("encryption"), "Default encryption will be replaced",
		fmt.Sprintf("Bucket %q uses %s, which voicebase_delivery_bucket has no argument for: the next apply sets SSE-S3, "+
			"or aws:kms with the key of kms_key_arn.", m.Bucket.ValueString(), describeEncryption(encryption)))
	return diags
}

func describeEncryption(encryption s3bucket.Encryption) string {
	if encryption.KMSKey == "" {
		return encryption.Algorithm + " with the AWS managed key"
	}
	return encryption.Algorithm + " with the key " + encryption.KMSKey
}
