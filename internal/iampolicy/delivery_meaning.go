package iampolicy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/awsname"
)

const (
	putObject   = "s3:PutObject"
	dataKey     = "kms:GenerateDataKey"
	keyS3Prefix = "s3:prefix"
)

// harmlessKeys are condition keys that do not change what a delivery may do: Delivery, or the bucket's guards, have
// the same in their own way.
var harmlessKeys = []string{"aws:resourceaccount", "s3:resourceaccount", "aws:securetransport", "kms:viaservice"}

// harmless reports whether a clause says what Delivery, or the bucket's guards, say too, and not its opposite.
func (c clause) harmless() bool { return slices.Contains(harmlessKeys, c.key) && !c.negated() }

// DeliveryMeaning is what a role's policies let it write, in the arguments of Delivery, whoever wrote them.
type DeliveryMeaning struct {
	// Grant has no Bucket where the policies let the role write to no bucket, or to several. Delivery of it never
	// grants more on the bucket than the policies do, but that it may decrypt with the key for multipart uploads.
	Grant Grant
	// Beyond is what the policies allow and Delivery of the grant would not.
	Beyond []Remark
	// Lost are conditions on what Delivery of the grant allows without.
	Lost []Remark
	// Denied are the policies' denials: they hold for as long as their policy is there.
	Denied []Remark
}

// UnderstandDelivery reads inline policies, one or more that count together, by their meaning.
func UnderstandDelivery(documents ...string) (DeliveryMeaning, error) {
	var r deliveryReader
	for _, document := range documents {
		statements, err := parseForeign(document)
		if err != nil {
			return DeliveryMeaning{}, err
		}
		r.statements = append(r.statements, statements...)
	}
	r.readObjects()
	r.readAccess()
	r.readKey()
	r.compare()
	return r.meaning, nil
}

type deliveryReader struct {
	statements []foreignStatement
	meaning    DeliveryMeaning
}

func (r *deliveryReader) beyond(s foreignStatement, format string, args ...any) {
	r.meaning.Beyond = append(r.meaning.Beyond, Remark{s.text, fmt.Sprintf(format, args...)})
}

func (r *deliveryReader) lost(s foreignStatement, format string, args ...any) {
	r.meaning.Lost = append(r.meaning.Lost, Remark{s.text, fmt.Sprintf(format, args...)})
}

// readAccess chooses the documented set only where all of it is granted already: it must not grow by being read.
func (r *deliveryReader) readAccess() {
	if r.meaning.Grant.Bucket == (awsname.ARN{}) {
		return
	}
	r.meaning.Grant.Access = AccessWrite
	wider := r.meaning.Grant
	wider.Access = AccessDocumented
	if r.grantsAll(Delivery(wider)) {
		r.meaning.Grant = wider
	}
}

// grantsAll reports whether each permission of a document is among what the statements grant.
func (r *deliveryReader) grantsAll(document Document) bool {
	for _, statement := range document.Statement {
		for _, action := range statement.Action {
			for _, resource := range statement.Resource {
				if !slices.ContainsFunc(r.statements, func(s foreignStatement) bool {
					return s.Effect == Allow && s.grants(action, resource) && s.conditionWithin(statement)
				}) {
					return false
				}
			}
		}
	}
	return true
}

// grants reports whether a statement grants an action on a resource, conditions aside.
func (s foreignStatement) grants(action, resource string) bool {
	return s.allows(action) && slices.ContainsFunc(s.Resource, func(pattern string) bool { return covers(pattern, resource) })
}

// conditionWithin reports whether a statement's condition is no narrower than ours: none, or the same prefixes.
func (s foreignStatement) conditionWithin(ours Statement) bool {
	for _, c := range s.clauses() {
		if c.harmless() {
			continue
		}
		wanted := ours.Condition["StringLike"][keyS3Prefix]
		if c.key != keyS3Prefix || c.operator != "stringlike" || len(wanted) == 0 {
			return false
		}
		for _, prefix := range wanted {
			if !slices.ContainsFunc(c.values, func(pattern string) bool { return covers(pattern, prefix) }) {
				return false
			}
		}
	}
	return true
}

// readKey finds the one KMS key that the role may encrypt with.
func (r *deliveryReader) readKey() {
	if r.meaning.Grant.Bucket == (awsname.ARN{}) {
		return
	}
	keys := map[awsname.ARN]foreignStatement{}
	for _, s := range r.statements {
		if s.Effect != Allow || !s.allows(dataKey) {
			continue
		}
		for _, pattern := range s.Resource {
			if key, err := awsname.ParseKMSKeyARN(pattern); err == nil {
				keys[key] = s
			}
		}
	}
	if len(keys) != 1 {
		return // several are named as being beyond
	}
	for key, s := range keys {
		r.meaning.Grant.KMSKey = key
		if restriction := s.restriction(); restriction != "" {
			r.lost(s, "it has a condition on %s", restriction)
		}
	}
}

// compare notes what the statements have and Delivery of the grant has not.
func (r *deliveryReader) compare() {
	ours, _ := parseForeign(Delivery(r.meaning.Grant).JSON()) // Without a bucket they grant nothing that exists.
	for _, s := range r.statements {
		if s.Effect == Deny {
			r.meaning.Denied = append(r.meaning.Denied, Remark{s.text, "it denies"})
			continue
		}
		if extra := s.beyond(ours); extra != "" && !r.noted(s) {
			r.beyond(s, "it allows %s", extra)
		}
	}
}

func (r *deliveryReader) noted(s foreignStatement) bool {
	return slices.ContainsFunc(r.meaning.Beyond, func(remark Remark) bool { return remark.Statement == s.text })
}

// beyond names the first permission of a statement that ours do not grant, "" when they grant all.
func (s foreignStatement) beyond(ours []foreignStatement) string {
	if len(s.NotAction) > 0 || len(s.NotResource) > 0 {
		return "all but what it names"
	}
	for _, action := range s.Action {
		for _, resource := range s.Resource {
			granted := func(o foreignStatement) bool {
				return o.grants(action, resource) && (s.hasKey(keyS3Prefix) || !o.hasKey(keyS3Prefix))
			}
			if !void(action, resource) && !slices.ContainsFunc(ours, granted) {
				return action + " on " + resource
			}
		}
	}
	return ""
}

func (s foreignStatement) hasKey(key string) bool {
	return slices.ContainsFunc(s.clauses(), func(c clause) bool { return c.key == key })
}

// void reports whether an action can never match a resource: S3's actions on objects need a key, those on buckets
// have none: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html.
func void(action, resource string) bool {
	verb, isS3 := strings.CutPrefix(fold(action), "s3:")
	if !isS3 {
		return false
	}
	verb, _ = literalStart(verb) // Every action that the pattern matches begins with this.
	if _, _, hasKey := strings.Cut(resource, "/"); hasKey {
		return strings.HasPrefix(verb, "listbucket")
	}
	onObjects, _ := actsOn(verb)
	return onObjects && !isWild(resource)
}
