package main

import (
	"context"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/standin"
)

// object is what has arrived in the bucket.
type object struct {
	key         string
	size        int64
	contentType string
}

// list reads the bucket as its owner.
func list(ctx context.Context, l *localAWS, bucket string) ([]object, error) {
	client := s3.NewFromConfig(l.config(l.Customer))
	listed, err := client.ListObjectsV2(ctx, &s3.ListObjectsV2Input{Bucket: &bucket})
	if err != nil {
		return nil, err
	}
	objects := make([]object, 0, len(listed.Contents))
	for _, entry := range listed.Contents {
		head, err := client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &bucket, Key: entry.Key})
		if err != nil {
			return nil, err
		}
		objects = append(objects, object{aws.ToString(entry.Key), aws.ToInt64(head.ContentLength), aws.ToString(head.ContentType)})
	}
	return objects, nil
}

// arrived shows the bucket's objects and checks them against what was sent.
func (d *demo) arrived(ctx context.Context, bucket string, attempts []standin.Attempt) error {
	objects, err := list(ctx, d.aws, bucket)
	if err != nil {
		return err
	}
	rows := [][]string{{"ARRIVED", "BYTES", "CONTENT TYPE"}}
	for _, o := range objects {
		rows = append(rows, []string{o.key, strconv.FormatInt(o.size, 10), o.contentType})
	}
	d.report.note("")
	d.report.table(rows)
	d.report.note("")
	d.report.holds(asSent(objects, attempts), "every delivery arrived unchanged")
	return nil
}

// asSent reports whether each delivery, and nothing else, is in the bucket with its size and content type.
func asSent(objects []object, attempts []standin.Attempt) bool {
	found := 0
	for _, attempt := range attempts {
		for _, o := range objects {
			if strings.HasSuffix(attempt.Target, "/"+o.key) && o.size == int64(attempt.Size) && o.contentType == attempt.ContentType {
				found++
			}
		}
	}
	return found == len(attempts) && len(objects) == len(attempts)
}

// nothingLeft lists the whole account.
func (d *demo) nothingLeft(ctx context.Context) error {
	cfg := d.aws.config(d.aws.Customer)
	buckets, err := s3.NewFromConfig(cfg).ListBuckets(ctx, nil)
	if err != nil {
		return err
	}
	roles, err := iam.NewFromConfig(cfg).ListRoles(ctx, nil)
	if err != nil {
		return err
	}
	d.report.holds(len(buckets.Buckets) == 0 && len(roles.Roles) == 0,
		"after destroy the account has %d buckets and %d roles", len(buckets.Buckets), len(roles.Roles))
	return nil
}
