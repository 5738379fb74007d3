package s3bucket

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsclient"
	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

// refusesTags reports whether a create failed only because of its tags: other implementations of S3 don't support them,
// and credentials from before November 2025 may have the permission for PutBucketTagging only.
func refusesTags(err error) bool {
	switch awsclient.Code(err) {
	case codeMalformedXML, codeNotImplemented:
		return true
	case codeAccessDenied:
		return strings.Contains(err.Error(), "s3:TagResource")
	}
	return false
}

// answeredByS3 reports whether AWS's own S3 answered. Another implementation may accept a create with tags and silently
// drop the tags.
func answeredByS3(out *s3.CreateBucketOutput) bool {
	response, ok := awsmiddleware.GetRawResponse(out.ResultMetadata).(*smithyhttp.Response)
	return ok && response.Header.Get("Server") == "AmazonS3"
}

// putTags replaces all tags, because S3 has no other call, and therefore carries over the tags of others.
func (w writer) putTags(ctx context.Context, to Settings) error {
	all := map[string]string{}
	if !w.fresh {
		remote, err := findTags(ctx, w.api, w.name)
		if err != nil {
			return err
		}
		all = w.unmanaged(remote)
	}
	maps.Copy(all, to.Tags)
	if len(all) == 0 {
		_, err := w.api.DeleteBucketTagging(ctx, &s3.DeleteBucketTaggingInput{Bucket: &w.name})
		return w.explainTags(ctx, nil, err)
	}
	_, err := w.api.PutBucketTagging(ctx, &s3.PutBucketTaggingInput{Bucket: &w.name, Tagging: &types.Tagging{TagSet: tagSet(all)}})
	return w.explainTags(ctx, to.Tags, err)
}

// explainTags says what to do about a bucket whose tags control access (ABAC): S3 only accepts changes through
// TagResource and UntagResource of S3 Control, which this provider does not call:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html.
func (w writer) explainTags(ctx context.Context, tags map[string]string, err error) error {
	if w.fresh || awsclient.Status(err) < http.StatusBadRequest || awsclient.Status(err) >= http.StatusInternalServerError {
		return err
	}
	found, abacErr := w.api.GetBucketAbac(ctx, &s3.GetBucketAbacInput{Bucket: &w.name})
	if abacErr != nil || found.AbacStatus == nil || found.AbacStatus.Status != types.BucketAbacStatusEnabled {
		return err
	}
	arn := awsname.BucketARN(awsname.S3Partition(w.api.Options().Region), w.name)
	return fmt.Errorf("bucket %q has attribute-based access control (ABAC) on, so S3 takes its tags through S3 Control only. Set the tags with\n\n"+
		"  %s\n\nremove those that are to go with `aws s3control untag-resource`, and apply again: %w", w.name, tagCommand(arn, tags), err)
}

// tagCommand is the AWS CLI command, ready to type, that sets a bucket's tags.
func tagCommand(arn string, tags map[string]string) string {
	var pairs []string
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		pairs = append(pairs, fmt.Sprintf("'Key=%s,Value=%s'", key, tags[key]))
	}
	return fmt.Sprintf("aws s3control tag-resource --account-id $(aws sts get-caller-identity --query Account --output text) "+
		"--resource-arn %s --tags %s", arn, strings.Join(pairs, " "))
}

// tagSet is sorted by key, so that equal tags make equal calls. It is nil for no tags.
func tagSet(tags map[string]string) []types.Tag {
	var set []types.Tag
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		set = append(set, types.Tag{Key: aws.String(key), Value: aws.String(tags[key])})
	}
	return set
}

func findTags(ctx context.Context, api readAPI, name string) (map[string]string, error) {
	out, err := api.GetBucketTagging(ctx, &s3.GetBucketTaggingInput{Bucket: &name})
	if err != nil {
		return map[string]string{}, unless(err, codeNoTags)
	}
	tags := make(map[string]string, len(out.TagSet))
	for _, tag := range out.TagSet {
		tags[aws.ToString(tag.Key)] = aws.ToString(tag.Value)
	}
	return tags, nil
}
