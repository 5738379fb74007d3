package bucket_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/acctest"
)

// handMade is a bucket as people make it, the configuration that they write for it, and what the first plan says.
type handMade struct {
	make func(ctx context.Context, client *s3.Client, name string) error
	// arguments are of the configuration, one a line, %s standing for the bucket.
	arguments []string
	region    string
	byARN     bool
	// changes are the attributes that the plan changes.
	changes []string
	// warns are texts that a warning about the bucket has, each in one of its own; no others are expected.
	warns []string
	// keeps looks at the bucket after the apply for what must not be lost.
	keeps func(ctx context.Context, client *s3.Client, name string) error
}

const (
	foreignQueue = "arn:aws:sqs:us-east-1:111122223333:results"
	foreignKey   = "1234abcd-12ab-34cd-56ef-1234567890ab"
	foreignARN   = "arn:aws:kms:us-east-1:111122223333:key/" + foreignKey
	foreignAlias = "arn:aws:kms:us-east-1:111122223333:alias/results"
)

func statementOf(name string) string {
	return `{"Sid":"Theirs","Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::` + name + `/*"}`
}

func putPolicy(document string) func(context.Context, *s3.Client, string) error {
	return func(ctx context.Context, client *s3.Client, name string) error {
		_, err := client.PutBucketPolicy(ctx, &s3.PutBucketPolicyInput{Bucket: &name, Policy: aws.String(strings.ReplaceAll(document, "BUCKET", name))})
		return err
	}
}

func putEncryption(algorithm types.ServerSideEncryption, key string, bucketKey bool) func(context.Context, *s3.Client, string) error {
	return func(ctx context.Context, client *s3.Client, name string) error {
		rule := types.ServerSideEncryptionByDefault{SSEAlgorithm: algorithm}
		if key != "" {
			rule.KMSMasterKeyID = &key
		}
		_, err := client.PutBucketEncryption(ctx, &s3.PutBucketEncryptionInput{
			Bucket: &name, ServerSideEncryptionConfiguration: &types.ServerSideEncryptionConfiguration{
				Rules: []types.ServerSideEncryptionRule{{ApplyServerSideEncryptionByDefault: &rule, BucketKeyEnabled: &bucketKey}},
			},
		})
		return err
	}
}

func putRule(rule types.LifecycleRule) func(context.Context, *s3.Client, string) error {
	rule.Status = types.ExpirationStatusEnabled
	if rule.Filter == nil {
		rule.Filter = &types.LifecycleRuleFilter{Prefix: aws.String("")}
	}
	return func(ctx context.Context, client *s3.Client, name string) error {
		_, err := client.PutBucketLifecycleConfiguration(ctx, &s3.PutBucketLifecycleConfigurationInput{
			Bucket: &name, LifecycleConfiguration: &types.BucketLifecycleConfiguration{Rules: []types.LifecycleRule{rule}},
		})
		return err
	}
}

// putTemporary is a rule that somebody else has made, that nobody wants to lose, and that no retention can say.
func putTemporary(ctx context.Context, client *s3.Client, name string) error {
	return putRule(types.LifecycleRule{
		ID: aws.String("temporary"), Expiration: &types.LifecycleExpiration{Days: aws.Int32(1)},
		Filter: &types.LifecycleRuleFilter{Prefix: aws.String("tmp/")},
	})(ctx, client, name)
}

// putGlacier is a rule of somebody else's that a retention can say, and putMonths says what the default does besides.
func putGlacier(ctx context.Context, client *s3.Client, name string) error {
	return putRule(types.LifecycleRule{
		ID: aws.String("archive"), Transitions: []types.Transition{{Days: aws.Int32(90), StorageClass: types.TransitionStorageClassGlacier}},
	})(ctx, client, name)
}

func putMonths(ctx context.Context, client *s3.Client, name string) error {
	return putRule(types.LifecycleRule{
		ID: aws.String("months"), Expiration: &types.LifecycleExpiration{Days: aws.Int32(90)},
		AbortIncompleteMultipartUpload: &types.AbortIncompleteMultipartUpload{DaysAfterInitiation: aws.Int32(7)},
	})(ctx, client, name)
}

// hasRule looks for the one rule of somebody else's.
func hasRule(id string) func(context.Context, *s3.Client, string) error {
	return func(ctx context.Context, client *s3.Client, name string) error {
		found, err := client.GetBucketLifecycleConfiguration(ctx, &s3.GetBucketLifecycleConfigurationInput{Bucket: &name})
		if err == nil && (len(found.Rules) != 1 || *found.Rules[0].ID != id) {
			err = fmt.Errorf("the rules are %+v", found.Rules)
		}
		return err
	}
}

func versioned(status types.BucketVersioningStatus) func(context.Context, *s3.Client, string) error {
	return func(ctx context.Context, client *s3.Client, name string) error {
		_, err := client.PutBucketVersioning(ctx, &s3.PutBucketVersioningInput{Bucket: &name, VersioningConfiguration: &types.VersioningConfiguration{Status: status}})
		return err
	}
}

func bare(context.Context, *s3.Client, string) error { return nil }

// handMadeBuckets are made by consoles, by other tools and by hand.
func handMadeBuckets(logs string) map[string]handMade {
	// What a bucket of S3's own defaults lacks.
	base := []string{"effective_policy", "lifecycle_rules", "retention", "versioning"}
	without := func(names ...string) []string {
		return slices.DeleteFunc(slices.Clone(base), func(name string) bool { return slices.Contains(names, name) })
	}
	policyArgument := []string{`policy = jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "Theirs", Effect = "Deny", Principal = "*", Action = "s3:DeleteObject", Resource = "arn:aws:s3:::%s/*" }] })`}
	buckets := othersBuckets(logs, base, without)
	maps.Copy(buckets, map[string]handMade{
		"bare":      {make: bare, changes: base},
		"by-arn":    {make: bare, byARN: true, changes: base},
		"elsewhere": {make: bare, region: "eu-west-1", changes: base},
		"versioned": {make: versioned(types.BucketVersioningStatusEnabled), changes: without("versioning")},
		"suspended": {make: versioned(types.BucketVersioningStatusSuspended), arguments: []string{"versioning = false"}, changes: without("versioning")},
		"own-policy-kept": {
			make: putPolicy(`{"Version":"2012-10-17","Statement":[` + statementOf("BUCKET") + `]}`), arguments: policyArgument, changes: base,
		},
		"own-policy-dropped": {make: putPolicy(`{"Version":"2012-10-17","Statement":[` + statementOf("BUCKET") + `]}`), changes: append([]string{"policy"}, base...)},
		"old-policy":         {make: putPolicy(`{"Version":"2008-10-17","Id":"1","Statement":` + statementOf("BUCKET") + `}`), arguments: []string{strings.Replace(policyArgument[0], "{ Version", `{ Id = "1", Version`, 1)}, changes: base},
		"old-policy-variable": {
			make:      putPolicy(`{"Version":"2008-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::BUCKET/${a}/*"}}`),
			arguments: []string{"manage_policy = false"}, changes: without("effective_policy"), warns: []string{"cannot be merged with the guards"},
			keeps: func(ctx context.Context, client *s3.Client, name string) error {
				found, err := client.GetBucketPolicy(ctx, &s3.GetBucketPolicyInput{Bucket: &name})
				if err == nil && !strings.Contains(*found.Policy, "${a}") {
					err = fmt.Errorf("the policy is %s", *found.Policy)
				}
				return err
			},
		},
		"rules-kept": {
			make: putTemporary, arguments: []string{"manage_lifecycle = false"}, changes: without("lifecycle_rules", "retention"), warns: []string{`"temporary"`}, keeps: hasRule("temporary"),
		},
		"rules-unsaid": {make: putTemporary, changes: without("lifecycle_rules", "retention"), warns: []string{"They stay as they are"}, keeps: hasRule("temporary")},
		"rules-replaced": {
			make: putTemporary, arguments: []string{`manage_lifecycle = true`}, changes: append([]string{"manage_lifecycle"}, base...), warns: []string{"If you set retention"},
		},
		"rules-outlived": {
			make: putTemporary, arguments: []string{`retention = { expire_after_days = 90 }`}, changes: append([]string{"manage_lifecycle"}, base...), warns: []string{"If you set retention"},
		},
		"glacier-unsaid": {make: putGlacier, changes: without("lifecycle_rules", "retention"), keeps: hasRule("archive")},
		"glacier-said":   {make: putGlacier, arguments: []string{`retention = { transitions = [{ after_days = 90, storage_class = "GLACIER" }] }`}, changes: base},
		"glacier-left":   {make: putGlacier, arguments: []string{"manage_lifecycle = false"}, changes: append([]string{"manage_lifecycle"}, base...), keeps: hasRule("archive")},
		"months-said":    {make: putMonths, arguments: []string{"retention = { expire_after_days = 90 }"}, changes: without("lifecycle_rules", "retention"), keeps: hasRule("months")},
		"months-changed": {make: putMonths, arguments: []string{"retention = { expire_after_days = 30 }"}, changes: base},
		"expiring-markers": {
			make:      putRule(types.LifecycleRule{ID: aws.String("markers"), Expiration: &types.LifecycleExpiration{ExpiredObjectDeleteMarker: aws.Bool(true)}}),
			arguments: []string{"manage_lifecycle = false"}, changes: without("lifecycle_rules", "retention"), warns: []string{`"markers"`},
		},
		"our-transitions": {
			make:      putRule(types.LifecycleRule{ID: aws.String("voicebase-transition"), Transitions: []types.Transition{{Days: aws.Int32(90), StorageClass: types.TransitionStorageClassGlacier}}}),
			arguments: []string{`retention = { transitions = [{ after_days = 90, storage_class = "GLACIER" }] }`}, changes: base,
		},
		"notifications": {
			make: func(ctx context.Context, client *s3.Client, name string) error {
				_, err := client.PutBucketNotificationConfiguration(ctx, &s3.PutBucketNotificationConfigurationInput{
					Bucket: &name, SkipDestinationValidation: aws.Bool(true), NotificationConfiguration: &types.NotificationConfiguration{
						EventBridgeConfiguration: &types.EventBridgeConfiguration{},
						QueueConfigurations:      []types.QueueConfiguration{{Id: aws.String("theirs"), QueueArn: aws.String(foreignQueue), Events: []types.Event{types.EventS3ObjectCreated}}},
					},
				})
				return err
			},
			arguments: []string{"eventbridge_notifications = true"}, changes: base,
			keeps: func(ctx context.Context, client *s3.Client, name string) error {
				found, err := client.GetBucketNotificationConfiguration(ctx, &s3.GetBucketNotificationConfigurationInput{Bucket: &name})
				if err == nil && (len(found.QueueConfigurations) != 1 || found.EventBridgeConfiguration == nil) {
					err = fmt.Errorf("the notifications are %+v", found)
				}
				return err
			},
		},
		"logged": {
			make: func(ctx context.Context, client *s3.Client, name string) error {
				_, err := client.PutBucketLogging(ctx, &s3.PutBucketLoggingInput{Bucket: &name, BucketLoggingStatus: &types.BucketLoggingStatus{
					LoggingEnabled: &types.LoggingEnabled{TargetBucket: &logs, TargetPrefix: aws.String("log/")},
				}})
				return err
			},
			arguments: []string{fmt.Sprintf("access_logging = { bucket = %q, prefix = \"log/\" }", logs)}, changes: base,
		},
		"kms":           {make: putEncryption(types.ServerSideEncryptionAwsKms, foreignARN, true), arguments: []string{fmt.Sprintf("kms_key_arn = %q", foreignARN)}, changes: base},
		"kms-alias":     {make: putEncryption(types.ServerSideEncryptionAwsKms, "alias/results", true), changes: append([]string{"encryption"}, base...), warns: []string{"with the key alias/results"}},
		"kms-alias-arn": {make: putEncryption(types.ServerSideEncryptionAwsKms, foreignAlias, true), arguments: []string{fmt.Sprintf("kms_key_arn = %q", foreignARN)}, changes: append([]string{"encryption", "kms_key_arn"}, base...), warns: []string{"with the key " + foreignAlias}},
		"kms-id":        {make: putEncryption(types.ServerSideEncryptionAwsKms, foreignKey, false), arguments: []string{fmt.Sprintf("kms_key_arn = %q", foreignARN)}, changes: append([]string{"encryption", "kms_key_arn"}, base...), warns: []string{"with the key " + foreignKey}},
		"bucket-key":    {make: putEncryption(types.ServerSideEncryptionAes256, "", true), changes: base},
		"no-sse-c":      {make: putEncryption(types.ServerSideEncryptionAes256, "", true), arguments: []string{`blocked_encryption_types = ["SSE-C"]`}, changes: append([]string{"blocked_encryption_types", "encryption"}, base...)},
		"kms-managed":   {make: putEncryption(types.ServerSideEncryptionAwsKms, "", false), changes: append([]string{"encryption"}, base...), warns: []string{"with the AWS managed key"}},
		"kms-dsse":      {make: putEncryption(types.ServerSideEncryptionAwsKmsDsse, foreignARN, false), arguments: []string{fmt.Sprintf("kms_key_arn = %q", foreignARN)}, changes: append([]string{"encryption"}, base...), warns: []string{"aws:kms:dsse"}},
		"open": {
			make: func(ctx context.Context, client *s3.Client, name string) error {
				_, err := client.DeletePublicAccessBlock(ctx, &s3.DeletePublicAccessBlockInput{Bucket: &name})
				return err
			},
			changes: append([]string{"public_access_block"}, base...),
		},
		"with-acls": {
			make: func(ctx context.Context, client *s3.Client, name string) error {
				_, err := client.PutBucketOwnershipControls(ctx, &s3.PutBucketOwnershipControlsInput{Bucket: &name, OwnershipControls: &types.OwnershipControls{
					Rules: []types.OwnershipControlsRule{{ObjectOwnership: types.ObjectOwnershipObjectWriter}},
				}})
				return err
			},
			changes: append([]string{"object_ownership"}, base...),
		},
		"tagged": {
			make: func(ctx context.Context, client *s3.Client, name string) error {
				_, err := client.PutBucketTagging(ctx, &s3.PutBucketTaggingInput{Bucket: &name, Tagging: &types.Tagging{TagSet: []types.Tag{{Key: aws.String("Team"), Value: aws.String("speech")}}}})
				return err
			},
			arguments: []string{`tags = { Team = "speech" }`}, changes: base,
		},
	})
	return buckets
}

// importBlock is the configuration of an imported bucket, labelled by what it is.
func importBlock(label, name, id string, arguments ...string) string {
	return strings.Replace(block(append([]string{named(name)}, arguments...)...), `"test"`, fmt.Sprintf("%q", label), 1) +
		fmt.Sprintf("import {\n  to = voicebase_delivery_bucket.%s\n  id = %q\n}\n", label, id)
}

// Buckets of all kinds are imported: the first plan changes what is expected and warns of what has no argument, the
// apply deletes no setting, and the plan after it is empty.
func TestAccDeliveryBucket_adopted(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	buckets := handMadeBuckets(a.Bucket(t, "us-east-1"))
	if len(buckets) < 15 {
		t.Fatalf("only %d buckets", len(buckets))
	}
	config, names := a.Provider(), map[string]string{}
	for label, made := range buckets {
		region := "us-east-1"
		if made.region != "" {
			region = made.region
		}
		name := a.Bucket(t, region)
		names[label] = name
		if err := made.make(t.Context(), a.S3(region), name); err != nil {
			t.Fatalf("%s: %v", label, err)
		}
		id := name
		if made.byARN {
			id = "arn:aws:s3:::" + name
		}
		var arguments []string
		for _, argument := range made.arguments {
			arguments = append(arguments, strings.ReplaceAll(argument, "%s", name))
		}
		if made.region != "" {
			id += "@" + made.region
			arguments = append(arguments, fmt.Sprintf("region = %q", made.region))
		}
		config += importBlock(label, name, id, arguments...)
	}
	cli := acctest.NewCLI(t, config)
	planned := cli.Plan(t)
	if len(planned.Errors) > 0 {
		t.Fatal(strings.Join(planned.Errors, "\n"))
	}
	for label, made := range buckets {
		change := planned.Resources["voicebase_delivery_bucket."+label]
		if change == nil {
			t.Errorf("%s is not in the plan", label)
			continue
		}
		slices.Sort(made.changes)
		if got := acctest.Changed(change); !change.Actions.Update() || !slices.Equal(got, made.changes) {
			t.Errorf("%s: the plan does %v and changes %v, want %v", label, change.Actions, got, made.changes)
		}
		var about []string
		for _, warning := range planned.Warnings {
			if strings.Contains(strings.ToLower(warning), fmt.Sprintf("bucket %q", names[label])) {
				about = append(about, warning)
			}
		}
		for _, want := range made.warns {
			if !slices.ContainsFunc(about, func(warning string) bool { return strings.Contains(warning, want) }) {
				t.Errorf("%s: no warning says %q: %q", label, want, about)
			}
		}
		if len(about) > len(made.warns) {
			t.Errorf("%s: warnings beyond %q: %q", label, made.warns, about)
		}
	}
	a.ResetCalls()
	cli.Run(t, "apply", planned.Path)
	for _, action := range a.Actions() {
		if strings.HasPrefix(action, "s3.Delete") || strings.HasPrefix(action, "s3.CreateBucket") {
			t.Errorf("the apply calls %s", action)
		}
	}
	cli.Run(t, "plan", "-detailed-exitcode")
	for label, made := range buckets {
		if made.keeps == nil {
			continue
		}
		if err := made.keeps(t.Context(), a.S3("us-east-1"), names[label]); err != nil {
			t.Errorf("%s: %v", label, err)
		}
	}
	cli.Run(t, "destroy", "-auto-approve")
}

// A bucket with Object Lock and one with a dot are taken over as they are.
func TestAccDeliveryBucket_adoptedUnusual(t *testing.T) {
	t.Parallel()
	a := acctest.NewAWS(t)
	a.RequireLocal(t)
	locked, dotted := acctest.RandomName("acc-locked-"), acctest.RandomName("acc.dotted-")
	if _, err := a.S3("us-east-1").CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &locked, ObjectLockEnabledForBucket: aws.Bool(true)}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, _ = a.S3("us-east-1").DeleteBucket(context.Background(), &s3.DeleteBucketInput{Bucket: &locked})
	})
	a.BucketNamed(t, "us-east-1", dotted)
	cli := acctest.NewCLI(t, a.Provider()+importBlock("locked", locked, locked)+importBlock("dotted", dotted, dotted))
	planned := cli.Plan(t)
	if len(planned.Errors) > 0 {
		t.Fatal(strings.Join(planned.Errors, "\n"))
	}
	if got := acctest.Changed(planned.Resources["voicebase_delivery_bucket.locked"]); slices.Contains(got, "versioning") {
		t.Errorf("Object Lock needs versioning, and the plan changes %v", got)
	}
	if !strings.Contains(strings.Join(planned.Warnings, "\n"), "Dot in the bucket's name") {
		t.Errorf("no warning of the dot: %v", planned.Warnings)
	}
	cli.Run(t, "apply", planned.Path)
	lock, err := a.S3("us-east-1").GetObjectLockConfiguration(t.Context(), &s3.GetObjectLockConfigurationInput{Bucket: &locked})
	if err != nil || lock.ObjectLockConfiguration.ObjectLockEnabled != types.ObjectLockEnabledEnabled {
		t.Errorf("%+v, %v", lock, err)
	}
	cli.Run(t, "plan", "-detailed-exitcode")
}
