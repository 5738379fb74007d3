package main

import (
	"context"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/standin"
)

var roleAssumption = approach{
	title:   "Role assumption",
	example: "role-assumption",
	vars:    []string{"force_destroy=true"},
	beyond:  beyondRole,
}

// beyondRole tries to get into the role in the wrong way, and to do more with it than deliver.
func beyondRole(ctx context.Context, d *delivery) ([]check, error) {
	callback := d.callbacks[0]
	external := organizationID
	session, err := d.voicebase.Assume(ctx, callback, &external)
	if err != nil {
		return nil, err
	}
	written, err := d.firstKey(ctx)
	if err != nil {
		return nil, err
	}
	attempts := []standin.Attempt{
		tried("assume the role without an external ID", func() error { return d.assume(ctx, callback, nil) }),
		tried("assume the role for another customer", func() error { return d.assume(ctx, callback, aws.String("another-organization")) }),
	}
	for _, try := range beyondDelivery(ctx, session, written) {
		attempts = append(attempts, tried(try.name, try.call))
	}
	checks := make([]check, len(attempts))
	for i, attempt := range attempts {
		checks[i] = check{attempt: attempt, status: http.StatusForbidden, code: accessDenied}
	}
	return checks, nil
}

type try struct {
	name string
	call func() error
}

// beyondDelivery is what the role's own session must not do.
func beyondDelivery(ctx context.Context, session *standin.Session, written string) []try {
	client, bucket := session.S3, &session.Bucket
	return []try{
		{"read what it wrote", func() error {
			_, err := client.GetObject(ctx, &s3.GetObjectInput{Bucket: bucket, Key: &written})
			return err
		}},
		{"list the bucket", func() error {
			_, err := client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: bucket})
			return err
		}},
		{"delete what it wrote", func() error {
			_, err := client.DeleteObject(ctx, &s3.DeleteObjectInput{Bucket: bucket, Key: &written})
			return err
		}},
		{"write outside its folder", func() error {
			_, err := client.PutObject(ctx, &s3.PutObjectInput{Bucket: bucket, Key: aws.String("elsewhere/analytics.json")})
			return err
		}},
		{"write beside its folder", func() error {
			_, err := client.PutObject(ctx, &s3.PutObjectInput{Bucket: bucket, Key: aws.String("voicebase-2/analytics.json")})
			return err
		}},
		{"read the bucket's settings", func() error {
			_, err := client.GetBucketEncryption(ctx, &s3.GetBucketEncryptionInput{Bucket: bucket})
			return err
		}},
		{"change the bucket's settings", func() error {
			_, err := client.PutBucketVersioning(ctx, &s3.PutBucketVersioningInput{
				Bucket:                  bucket,
				VersioningConfiguration: &types.VersioningConfiguration{Status: types.BucketVersioningStatusSuspended},
			})
			return err
		}},
		{"delete the bucket", func() error {
			_, err := client.DeleteBucket(ctx, &s3.DeleteBucketInput{Bucket: bucket})
			return err
		}},
	}
}

func tried(name string, call func() error) standin.Attempt { return standin.Outcome(name, call()) }

func (d *delivery) assume(ctx context.Context, callback standin.Callback, externalID *string) error {
	_, err := d.voicebase.Assume(ctx, callback, externalID)
	return err
}

// firstKey is an object that was delivered.
func (d *delivery) firstKey(ctx context.Context) (string, error) {
	objects, err := list(ctx, d.aws, d.bucket)
	if err != nil || len(objects) == 0 {
		return "", err
	}
	return objects[0].key, nil
}
