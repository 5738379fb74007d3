package bucket

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/iampolicy"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

// parseImportID reads an import ID: a bucket, with its region where that is not the provider's, in the form
// that hashicorp/aws has.
func parseImportID(id string) (name, region string, err error) {
	name, region, given := strings.Cut(id, "@")
	if name == "" || (given && region == "") || strings.Contains(region, "@") {
		return "", "", fmt.Errorf("%q is neither a bucket's name nor <bucket>@<region>", id)
	}
	return name, region, nil
}

// createError says how to import the bucket where a create has met it.
func (r *bucketResource) createError(plan bucketModel, err error) diag.Diagnostic {
	name, region := plan.Bucket.ValueString(), plan.Region.ValueString()
	if !errors.Is(err, s3bucket.ErrExists) {
		return framework.AWSError(framework.ActionCreate, kind, name, err)
	}
	id := name
	if region != r.Data.Clients.Region() {
		id += "@" + region
	}
	return framework.ExistsError(kind, name, id, err)
}

// prepareImport sets what is no setting of the bucket to its default.
func (m *bucketModel) prepareImport() {
	m.BucketPrefix = types.StringValue(awsname.GeneratedPrefix(m.Bucket.ValueString()))
	m.ManagePolicy = types.BoolValue(true)
	m.ForceDestroy = types.BoolValue(false)
}

// readParts is parts, but that an import looks at everything.
func (m bucketModel) readParts(imported bool) s3bucket.Parts {
	if imported {
		return s3bucket.Parts{Policy: true, AccessLogging: true, EventBridge: true}
	}
	return m.parts()
}

// adoptPolicy finds the arguments that an imported policy follows from.
func (m *bucketModel) adoptPolicy() diag.Diagnostics {
	var diags diag.Diagnostics
	m.Policy = framework.PolicyNull()
	m.PresignedURLMaxAge = framework.NullDuration()
	m.PresignedURLSourceIPs = framework.StringSet[string](nil)
	if m.EffectivePolicy.IsNull() {
		return diags
	}
	guards, own, err := iampolicy.SplitBucketPolicy(m.ARN.ValueString(), m.EffectivePolicy.ValueString())
	if err != nil {
		diags.AddAttributeError(path.Root("policy"), "Unable to import the bucket policy", framework.Sentence(err))
		return diags
	}
	if own != "" {
		m.Policy = framework.PolicyValue(own)
	}
	if guards.PresignedMaxAge > 0 {
		m.PresignedURLMaxAge = framework.DurationValue(guards.PresignedMaxAge)
	}
	m.PresignedURLSourceIPs = framework.StringSet(guards.PresignedSources)
	return diags
}
