package authz

import (
	"slices"
	"strings"
)

// bucketActions and objectActions are what a bucket's policy may speak of.
func bucketActions() []string {
	return strings.Fields(`
		CreateBucket GetBucketAbac PutBucketAbac DeleteBucket DeleteBucketPolicy DeleteBucketWebsite DeleteBucketOwnershipControls DeleteBucketPublicAccessBlock
		GetAccelerateConfiguration GetAnalyticsConfiguration GetBucketAcl GetBucketCORS GetBucketLocation GetBucketLogging
		GetBucketNotification GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus
		GetBucketPublicAccessBlock GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite
		GetEncryptionConfiguration GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration
		GetMetricsConfiguration GetReplicationConfiguration ListBucket ListBucketMultipartUploads ListBucketVersions
		ListTagsForResource PutAccelerateConfiguration PutAnalyticsConfiguration PutBucketAcl PutBucketCORS PutBucketLogging
		PutBucketNotification PutBucketObjectLockConfiguration PutBucketOwnershipControls PutBucketPolicy
		PutBucketPublicAccessBlock PutBucketRequestPayment PutBucketTagging PutBucketVersioning PutBucketWebsite
		PutEncryptionConfiguration PutIntelligentTieringConfiguration PutInventoryConfiguration PutLifecycleConfiguration
		PutMetricsConfiguration PutReplicationConfiguration TagResource UntagResource`)
}

func objectActions() []string {
	return strings.Fields(`
		AbortMultipartUpload BypassGovernanceRetention DeleteObject DeleteObjectTagging DeleteObjectVersion
		DeleteObjectVersionTagging GetObject GetObjectAcl GetObjectAttributes GetObjectLegalHold GetObjectRetention
		GetObjectTagging GetObjectTorrent GetObjectVersion GetObjectVersionAcl GetObjectVersionAttributes
		GetObjectVersionForReplication GetObjectVersionTagging GetObjectVersionTorrent InitiateReplication
		ListMultipartUploadParts ObjectOwnerOverrideToBucketOwner PutObject PutObjectAcl PutObjectLegalHold PutObjectRetention
		PutObjectTagging PutObjectVersionAcl PutObjectVersionTagging ReplicateDelete ReplicateObject ReplicateTags
		RestoreObject UpdateObjectEncryption`)
}

// scopes says whether an action, which may have wildcards, is one on buckets
// and one on objects.
func scopes(action string) (bucket, object bool) {
	if action == "*" {
		return true, true
	}
	name, ok := strings.CutPrefix(strings.ToLower(action), "s3:")
	if !ok {
		return false, false
	}
	matches := func(known string) bool { return glob(name, strings.ToLower(known)) }
	return slices.ContainsFunc(bucketActions(), matches), slices.ContainsFunc(objectActions(), matches)
}

func isOperator(name string) bool {
	name = strings.TrimPrefix(strings.TrimPrefix(name, "ForAllValues:"), "ForAnyValue:")
	if name == "Null" {
		return true
	}
	return slices.Contains(strings.Fields(`
		StringEquals StringNotEquals StringEqualsIgnoreCase StringNotEqualsIgnoreCase StringLike StringNotLike
		NumericEquals NumericNotEquals NumericLessThan NumericLessThanEquals NumericGreaterThan NumericGreaterThanEquals
		DateEquals DateNotEquals DateLessThan DateLessThanEquals DateGreaterThan DateGreaterThanEquals
		Bool BinaryEquals IpAddress NotIpAddress ArnEquals ArnLike ArnNotEquals ArnNotLike`), strings.TrimSuffix(name, "IfExists"))
}

func isConditionKey(key string) bool {
	key = strings.ToLower(key)
	for _, prefix := range []string{"aws:principaltag/", "aws:requesttag/", "aws:resourcetag/", "s3:existingobjecttag/", "s3:requestobjecttag/", "s3:buckettag/"} {
		if name, ok := strings.CutPrefix(key, prefix); ok {
			return name != ""
		}
	}
	return slices.Contains(strings.Fields(`
		aws:calledvia aws:calledviafirst aws:calledvialast aws:currenttime aws:epochtime aws:federatedprovider
		aws:multifactorauthage aws:multifactorauthpresent aws:principalaccount aws:principalarn aws:principalisawsservice
		aws:principalorgid aws:principalorgpaths aws:principalservicename aws:principalservicenameslist aws:principaltype
		aws:referer aws:requestedregion aws:resourceaccount aws:resourceorgid aws:resourceorgpaths aws:securetransport
		aws:sourceaccount aws:sourcearn aws:sourceidentity aws:sourceip aws:sourceorgid aws:sourceorgpaths aws:sourcevpc
		aws:sourcevpce aws:tagkeys aws:tokenissuetime aws:useragent aws:userid aws:username aws:viaawsservice aws:vpcsourceip
		s3:accesspointnetworkorigin s3:authtype s3:dataaccesspointaccount s3:dataaccesspointarn s3:delimiter
		s3:if-match s3:if-none-match s3:inventoryaccessibleoptionalfields s3:locationconstraint s3:max-keys
		s3:object-lock-legal-hold s3:object-lock-mode s3:object-lock-remaining-retention-days
		s3:object-lock-retain-until-date s3:objectcreationoperation s3:prefix s3:requestobjecttagkeys s3:resourceaccount
		s3:signatureage s3:signatureversion s3:tlsversion s3:versionid s3:x-amz-acl s3:x-amz-content-sha256
		s3:x-amz-copy-source s3:x-amz-grant-full-control s3:x-amz-grant-read s3:x-amz-grant-read-acp s3:x-amz-grant-write
		s3:x-amz-grant-write-acp s3:x-amz-metadata-directive s3:x-amz-object-ownership s3:x-amz-server-side-encryption
		s3:x-amz-server-side-encryption-aws-kms-key-id s3:x-amz-server-side-encryption-customer-algorithm
		s3:x-amz-storage-class s3:x-amz-website-redirect-location`), key)
}

// isListingKey says whether only listings have a value for a key.
func isListingKey(key string) bool {
	return slices.Contains([]string{"s3:prefix", "s3:delimiter", "s3:max-keys"}, strings.ToLower(key))
}

// isListing says whether an action, which may have wildcards, is a listing.
func isListing(action string) bool {
	return slices.ContainsFunc([]string{"s3:listbucket", "s3:listbucketversions", "s3:listbucketmultipartuploads"}, func(known string) bool {
		return glob(strings.ToLower(action), known)
	})
}

// glob matches s against a pattern with * and ?.
func glob(pattern, s string) bool {
	for pattern != "" {
		switch {
		case pattern[0] == '*':
			for i := range len(s) + 1 {
				if glob(pattern[1:], s[i:]) {
					return true
				}
			}
			return false
		case s == "" || (pattern[0] != '?' && pattern[0] != s[0]):
			return false
		}
		pattern, s = pattern[1:], s[1:]
	}
	return s == ""
}

// IsObjectAction says whether an action of S3, without its prefix, is one on
// objects.
func IsObjectAction(name string) bool {
	_, object := scopes("s3:" + name)
	return object
}
