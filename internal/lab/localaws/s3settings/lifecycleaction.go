package s3settings

import (
	"strconv"
	"time"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

func checkAction(n *awsxml.Node) error {
	switch n.Name {
	case "Expiration":
		if Only(n, "Days", "Date", "ExpiredObjectDeleteMarker") != nil || len(n.Children) != 1 {
			return s3error.MalformedXML()
		}
		return checkWhen(n, 1, "'Days' for Expiration action must be a positive integer")
	case "Transition":
		if Only(n, "Days", "Date", "StorageClass") != nil || (n.Child("Days") == nil) == (n.Child("Date") == nil) {
			return s3error.MalformedXML()
		}
		if err := checkStorageClass(n, "Days"); err != nil {
			return err
		}
		return checkWhen(n, 0, "'Days' for Transition action must be nonnegative")
	case "NoncurrentVersionExpiration":
		return checkNoncurrent(n, 1)
	case "NoncurrentVersionTransition":
		if err := checkStorageClass(n, "NoncurrentDays"); err != nil {
			return err
		}
		return checkNoncurrent(n, 0)
	}
	if Only(n, "DaysAfterInitiation") != nil || n.Child("DaysAfterInitiation") == nil {
		return s3error.MalformedXML()
	}
	return checkNumber(n.Child("DaysAfterInitiation"), 1, "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer")
}

func checkNoncurrent(n *awsxml.Node, least int) error {
	if Only(n, "NoncurrentDays", "NewerNoncurrentVersions", "StorageClass") != nil || n.Child("NoncurrentDays") == nil {
		return s3error.MalformedXML()
	}
	if err := checkNumber(n.Child("NoncurrentDays"), least, "'NoncurrentDays' for "+n.Name+" action must be a positive integer"); err != nil {
		return err
	}
	newer := n.Child("NewerNoncurrentVersions")
	if kept, err := strconv.Atoi(n.Value("NewerNoncurrentVersions")); newer != nil && (err != nil || kept < 1 || kept > maxNewerKept) {
		return s3error.BadRequest("InvalidArgument", "NewerNoncurrentVersions must be a positive integer not larger than 100")
	}
	return nil
}

func checkStorageClass(n *awsxml.Node, days string) error {
	switch n.Value("StorageClass") {
	case "STANDARD_IA", "ONEZONE_IA":
		if d, err := strconv.Atoi(n.Value(days)); n.Child(days) != nil && err == nil && d < minDaysInHot {
			return s3error.BadRequest("InvalidArgument", "'%s' in %s action must be greater than or equal to 30 for storageClass '%s'", days, n.Name, n.Value("StorageClass"))
		}
	case "INTELLIGENT_TIERING", "GLACIER", "GLACIER_IR", "DEEP_ARCHIVE":
	default:
		return s3error.MalformedXML()
	}
	return nil
}

func checkWhen(n *awsxml.Node, least int, message string) error {
	if date := n.Child("Date"); date != nil {
		t, err := time.Parse(time.RFC3339, n.Value("Date"))
		if err != nil {
			return s3error.MalformedXML()
		}
		if t.UTC() != t.UTC().Truncate(24*time.Hour) {
			return s3error.BadRequest("InvalidArgument", "'Date' must be at midnight GMT")
		}
	}
	if days := n.Child("Days"); days != nil {
		return checkNumber(days, least, message)
	}
	return nil
}

func checkNumber(n *awsxml.Node, least int, message string) error {
	value, err := strconv.ParseInt(n.Text, 10, 32)
	if err != nil {
		return s3error.MalformedXML()
	}
	if int(value) < least {
		return s3error.BadRequest("InvalidArgument", "%s", message)
	}
	return nil
}
