package bucket_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

type bucketStep = func(context.Context, *s3.Client, string) error

// together makes one step of several.
func together(steps ...bucketStep) bucketStep {
	return func(ctx context.Context, client *s3.Client, name string) error {
		for _, step := range steps {
			if err := step(ctx, client, name); err != nil {
				return err
			}
		}
		return nil
	}
}

// manyTargets sends events to ten queues, topics and functions, and not to EventBridge.
func manyTargets(ctx context.Context, client *s3.Client, name string) error {
	var to types.NotificationConfiguration
	filter := func(i int) *types.NotificationConfigurationFilter {
		return &types.NotificationConfigurationFilter{Key: &types.S3KeyFilter{FilterRules: []types.FilterRule{{Name: types.FilterRuleNamePrefix, Value: aws.String(fmt.Sprintf("team-%d/", i))}}}}
	}
	for i := range 10 {
		id, events := aws.String(fmt.Sprintf("theirs-%d", i)), []types.Event{types.EventS3ObjectCreatedPut}
		switch i % 3 {
		case 0:
			to.QueueConfigurations = append(to.QueueConfigurations, types.QueueConfiguration{Id: id, QueueArn: aws.String(foreignQueue), Events: events, Filter: filter(i)})
		case 1:
			to.TopicConfigurations = append(to.TopicConfigurations, types.TopicConfiguration{Id: id, TopicArn: aws.String("arn:aws:sns:us-east-1:111122223333:results"), Events: events, Filter: filter(i)})
		default:
			to.LambdaFunctionConfigurations = append(to.LambdaFunctionConfigurations, types.LambdaFunctionConfiguration{Id: id, LambdaFunctionArn: aws.String("arn:aws:lambda:us-east-1:111122223333:function:results"), Events: events, Filter: filter(i)})
		}
	}
	_, err := client.PutBucketNotificationConfiguration(ctx, &s3.PutBucketNotificationConfigurationInput{Bucket: &name, SkipDestinationValidation: aws.Bool(true), NotificationConfiguration: &to})
	return err
}

func hasManyTargets(ctx context.Context, client *s3.Client, name string) error {
	found, err := client.GetBucketNotificationConfiguration(ctx, &s3.GetBucketNotificationConfigurationInput{Bucket: &name})
	if err != nil {
		return err
	}
	filters := 0
	for _, queue := range found.QueueConfigurations {
		filters += len(queue.Filter.Key.FilterRules)
	}
	for _, topic := range found.TopicConfigurations {
		filters += len(topic.Filter.Key.FilterRules)
	}
	for _, function := range found.LambdaFunctionConfigurations {
		filters += len(function.Filter.Key.FilterRules)
	}
	if filters != 10 || found.EventBridgeConfiguration == nil {
		return fmt.Errorf("the notifications are %+v", found)
	}
	return nil
}

// putOthers sets what the resource has no argument for, and hasOthers looks whether it is there.
func putOthers(ctx context.Context, client *s3.Client, name string) error {
	_, cors := client.PutBucketCors(ctx, &s3.PutBucketCorsInput{Bucket: &name, CORSConfiguration: &types.CORSConfiguration{
		CORSRules: []types.CORSRule{{AllowedMethods: []string{"GET"}, AllowedOrigins: []string{"https://acme.example"}}},
	}})
	_, website := client.PutBucketWebsite(ctx, &s3.PutBucketWebsiteInput{Bucket: &name, WebsiteConfiguration: &types.WebsiteConfiguration{IndexDocument: &types.IndexDocument{Suffix: aws.String("index.html")}}})
	_, acceleration := client.PutBucketAccelerateConfiguration(ctx, &s3.PutBucketAccelerateConfigurationInput{Bucket: &name, AccelerateConfiguration: &types.AccelerateConfiguration{Status: types.BucketAccelerateStatusEnabled}})
	_, payment := client.PutBucketRequestPayment(ctx, &s3.PutBucketRequestPaymentInput{Bucket: &name, RequestPaymentConfiguration: &types.RequestPaymentConfiguration{Payer: types.PayerRequester}})
	_, replication := client.PutBucketReplication(ctx, &s3.PutBucketReplicationInput{Bucket: &name, ReplicationConfiguration: &types.ReplicationConfiguration{
		Role:  aws.String("arn:aws:iam::000000000000:role/replication"),
		Rules: []types.ReplicationRule{{Status: types.ReplicationRuleStatusEnabled, Destination: &types.Destination{Bucket: aws.String("arn:aws:s3:::acme-copy")}}},
	}})
	return firstOf(cors, website, acceleration, payment, replication)
}

func hasOthers(ctx context.Context, client *s3.Client, name string) error {
	_, cors := client.GetBucketCors(ctx, &s3.GetBucketCorsInput{Bucket: &name})
	_, website := client.GetBucketWebsite(ctx, &s3.GetBucketWebsiteInput{Bucket: &name})
	_, replication := client.GetBucketReplication(ctx, &s3.GetBucketReplicationInput{Bucket: &name})
	acceleration, accelerationErr := client.GetBucketAccelerateConfiguration(ctx, &s3.GetBucketAccelerateConfigurationInput{Bucket: &name})
	payment, paymentErr := client.GetBucketRequestPayment(ctx, &s3.GetBucketRequestPaymentInput{Bucket: &name})
	if err := firstOf(cors, website, replication, accelerationErr, paymentErr); err != nil {
		return err
	}
	if acceleration.Status != types.BucketAccelerateStatusEnabled || payment.Payer != types.PayerRequester {
		return fmt.Errorf("acceleration %s, payer %s", acceleration.Status, payment.Payer)
	}
	return nil
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// putStack gives a bucket the tags that CloudFormation gives it, and one of the template's.
func putStack(ctx context.Context, client *s3.Client, name string) error {
	_, err := client.PutBucketTagging(ctx, &s3.PutBucketTaggingInput{Bucket: &name, Tagging: &types.Tagging{TagSet: []types.Tag{
		{Key: aws.String("aws:cloudformation:stack-name"), Value: aws.String("acme")},
		{Key: aws.String("aws:cloudformation:logical-id"), Value: aws.String("Results")},
		{Key: aws.String("Team"), Value: aws.String("old")},
	}}}, acctest.AsCloudFormation)
	return err
}

func hasStack(left int) bucketStep {
	return func(ctx context.Context, client *s3.Client, name string) error {
		found, err := client.GetBucketTagging(ctx, &s3.GetBucketTaggingInput{Bucket: &name})
		if err == nil && len(found.TagSet) != left {
			err = fmt.Errorf("the tags are %+v", found.TagSet)
		}
		return err
	}
}

// putLog has a log whose objects are named by date.
func putLog(to string) bucketStep {
	return func(ctx context.Context, client *s3.Client, name string) error {
		_, err := client.PutBucketLogging(ctx, &s3.PutBucketLoggingInput{Bucket: &name, BucketLoggingStatus: &types.BucketLoggingStatus{LoggingEnabled: &types.LoggingEnabled{
			TargetBucket: &to, TargetPrefix: aws.String("log/"), TargetObjectKeyFormat: &types.TargetObjectKeyFormat{PartitionedPrefix: &types.PartitionedPrefix{PartitionDateSource: types.PartitionDateSourceEventTime}},
		}}})
		return err
	}
}

func hasLogByDate(ctx context.Context, client *s3.Client, name string) error {
	found, err := client.GetBucketLogging(ctx, &s3.GetBucketLoggingInput{Bucket: &name})
	if err == nil && (found.LoggingEnabled == nil || found.LoggingEnabled.TargetObjectKeyFormat == nil) {
		err = fmt.Errorf("the log is %+v", found.LoggingEnabled)
	}
	return err
}

// largePolicy leaves no room for the guards.
func largePolicy() string {
	statement := `{"Sid":"%s","Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::BUCKET/%d/*"}`
	var all []string
	for i := range 65 {
		all = append(all, fmt.Sprintf(statement, strings.Repeat("x", 180)+fmt.Sprint(i), i))
	}
	return `{"Version":"2012-10-17","Statement":[` + strings.Join(all, ",") + `]}`
}

func hasPolicyOf(what string) bucketStep {
	return func(ctx context.Context, client *s3.Client, name string) error {
		found, err := client.GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: &name})
		if err == nil && !strings.Contains(*found.Policy, what) {
			err = fmt.Errorf("the policy is %s", *found.Policy)
		}
		return err
	}
}

// othersBuckets have what bucket owners set beside a delivery.
func othersBuckets(logs string, base []string, without func(...string) []string) map[string]handMade {
	const excepted = `{"Version":"2012-10-17","Statement":[{"Sid":"Theirs","Effect":"Deny","NotPrincipal":{"AWS":"arn:aws:iam::000000000000:root"},"Action":"s3:DeleteObject","Resource":"arn:aws:s3:::BUCKET/*"}]}`
	const public = `{"Version":"2012-10-17","Statement":[{"Sid":"Site","Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::BUCKET/*"}]}`
	return map[string]handMade{
		"others-settings": {make: together(versioned(types.BucketVersioningStatusEnabled), putOthers), changes: without("versioning"), keeps: hasOthers},
		"many-targets":    {make: manyTargets, arguments: []string{"eventbridge_notifications = true"}, changes: append([]string{"eventbridge_notifications"}, base...), keeps: hasManyTargets},
		"stack":           {make: putStack, arguments: []string{`tags = { Team = "speech" }`}, changes: append([]string{"tags", "tags_all"}, base...), keeps: hasStack(3)},
		"stack-untagged":  {make: putStack, changes: append([]string{"tags", "tags_all"}, base...), keeps: hasStack(2)},
		"log-by-date":     {make: putLog(logs), arguments: []string{fmt.Sprintf("access_logging = { bucket = %q, prefix = \"log/\" }", logs)}, changes: base, keeps: hasLogByDate},
		"log-moved":       {make: putLog(logs), arguments: []string{fmt.Sprintf("access_logging = { bucket = %q, prefix = \"new/\" }", logs)}, changes: append([]string{"access_logging"}, base...), keeps: hasLogByDate},
		"large-policy":    {make: putPolicy(largePolicy()), arguments: []string{"manage_policy = false"}, changes: without("effective_policy"), warns: []string{"cannot be merged with the guards"}, keeps: hasPolicyOf("xxx64")},
		"not-principal":   {make: putPolicy(excepted), changes: append([]string{"policy"}, base...)},
		"public-site": {
			make: together(func(ctx context.Context, client *s3.Client, name string) error {
				_, err := client.DeletePublicAccessBlock(ctx, &s3.DeletePublicAccessBlockInput{Bucket: &name})
				return err
			}, putPolicy(public)),
			arguments: []string{"manage_policy = false"}, changes: append([]string{"public_access_block"}, without("effective_policy")...), warns: []string{"cannot be merged with the guards"}, keeps: hasPolicyOf("Site"),
		},
	}
}
