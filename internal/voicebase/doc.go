// Package voicebase knows what VoiceBase accepts as a configuration of callbacks, and what it does with it:
// the attributes, the content types, the retry schedule, and the rules by which it rejects. The facts are from
// the public v3 documentation, its pages "Callbacks" (https://docs.voicebase.com/docs/callbacks),
// "S3 Callbacks" (https://voicebase.readthedocs.io/en/v3/how-to-guides/s3-callbacks.html) and "Errors". The
// package knows no Terraform type and makes no call; the time is an argument.
//
// # The two approaches, and which one a callback takes
//
// Results reach S3 by a pre-signed URL, or by a role that VoiceBase assumes ("S3 delivery"). An example on the
// S3 page has both a pre-signed URL and a role with a prependFolder in one callback, and does not say which
// one counts. The rule here: s3Delivery decides, and nothing else.
//
//   - s3Delivery is true: VoiceBase assumes the role. The URL is then the bucket's base URL, and a pre-signed
//     one is an error, because its signature would go unused.
//   - s3Delivery is absent or false: VoiceBase sends to the URL as it is, so a pre-signed URL wins. A role and a
//     prependFolder beside it stay in the JSON, as in the example, and a warning says that they are not used.
//
// # Where VoiceBase's pages leave a choice
//
//   - 60001 is for a callback without url, 60005 for an empty one.
//   - SigV2 is a warning, and an error only where S3 has never taken it: AWS has deprecated it and, in the regions
//     that had it, still takes it.
//   - 60012 is an error for a URL that has no content type at all, and a warning for one that has the header
//     signed and does not show its value: whether VoiceBase looks at X-Amz-SignedHeaders is not documented.
//   - 60002 is for plain http. A delivery by role is refused with http as well, but without that code, because
//     VoiceBase's own page shows it so.
//   - One URL may take several POSTs, as the page shows. Several PUTs to one URL overwrite each other.
//
// # Defaults
//
// VoiceBase's defaults (type analytics, method POST, all sections) are not written into the JSON, with one
// exception: a callback with a pre-signed URL and no method gets PUT, since POST cannot work there.
//
// # Partly known callbacks
//
// While Terraform plans, some attributes are not known yet. A Draft says which, and every rule says which
// attributes it reads: Validate leaves out those that would have to guess.
package voicebase
