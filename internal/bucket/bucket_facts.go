package bucket

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
	"github.com/voicebase/terraform-provider-voicebase/internal/framework"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3bucket"
)

// locator says where S3 is. The AWS clients implement it without a call.
type locator interface {
	S3Endpoint(region string) string
}

// locate sets what follows from name and region. It is unknown while one of them is.
func (m *foundModel) locate(s3 locator) {
	m.ID = m.Bucket
	for _, fact := range []*types.String{&m.ARN, &m.DomainName, &m.RegionalDomainName, &m.HostedZoneID, &m.DeliveryURL} {
		*fact = types.StringUnknown()
	}
	if m.Region.IsUnknown() {
		return
	}
	region := m.Region.ValueString()
	m.HostedZoneID = framework.StringOrNull(hostedZones[region])
	if m.Bucket.IsUnknown() {
		return
	}
	name := m.Bucket.ValueString()
	m.ARN = types.StringValue(awsname.BucketARN(awsname.S3Partition(region), name))
	m.DomainName = types.StringValue(name + ".s3." + awsname.DNSSuffix(region))
	m.RegionalDomainName = types.StringValue(name + ".s3." + region + "." + awsname.DNSSuffix(region))
	if endpoint := s3.S3Endpoint(region); endpoint != "" {
		m.DeliveryURL = types.StringValue(endpoint + "/" + name)
	}
}

// find reads the bucket that the facts name, in their region or in the provider's, and locates it.
func find(ctx context.Context, clients *awsclient.Clients, facts *foundModel, parts s3bucket.Parts) (s3bucket.Settings, error) {
	client, err := clients.S3(ctx, facts.Region.ValueString())
	if err != nil {
		return s3bucket.Settings{}, err
	}
	facts.in(client.Options().Region, clients)
	return s3bucket.Find(ctx, client, facts.Bucket.ValueString(), parts)
}

// findOwn is like find, for a bucket that must belong to the provider's own account if that is known.
func findOwn(ctx context.Context, clients *awsclient.Clients, facts *foundModel, parts s3bucket.Parts) (s3bucket.Settings, error) {
	client, accountID, err := clients.OwnS3(ctx, facts.Region.ValueString())
	if err != nil {
		return s3bucket.Settings{}, err
	}
	facts.in(client.Options().Region, clients)
	found, err := s3bucket.Find(ctx, client, facts.Bucket.ValueString(), parts)
	return found, ofAnother(accountID, err)
}

func (m *foundModel) in(region string, clients locator) {
	m.Region = types.StringValue(region)
	m.locate(clients)
}

// ofAnother adds the other reason for which S3 refuses access if the call names the expected owner.
func ofAnother(accountID string, err error) error {
	if accountID == "" || !awsclient.Refused(err) {
		return err
	}
	return fmt.Errorf("%w. S3 gives the same answer if account %s doesn't own the bucket. If the bucket was deleted and someone else registered its name, "+
		"remove it from the state with `terraform state rm` and choose another name", err, accountID)
}
