package arguments

import "maps"

// The provider block's own samples.
func init() {
	noKeys := map[string]any{"access_key": nil, "secret_key": nil}
	key := map[string]any{"access_key": "AKIABASE", "secret_key": "base-secret"}
	maps.Copy(samples, map[string]Sample{
		"provider region":          text("eu-west-1", "us-west-2"),
		"access_key":               text("AKIAFIRST", "AKIASECOND", "AKIA\n", " AKIA").beside(key),
		"secret_key":               text("first-secret", "second-secret", "secret\n", " secret").beside(key),
		"token":                    text("first-token", "second-token", "token\t", " token").beside(key),
		"profile":                  text("first", "second").beside(noKeys),
		"shared_config_files":      {First: []any{"first-config"}, Second: []any{"second-config"}, Beside: object("region", nil)},
		"shared_credentials_files": {First: []any{"first-credentials"}, Second: []any{"second-credentials"}, Beside: noKeys},
		"allowed_account_ids":      one("444455556666", "111122223333", []any{"1234"}),
		"forbidden_account_ids":    one("111122223333", "444455556666", []any{"1234"}),
		"custom_ca_bundle": text("first-ca", "second-ca").beside(map[string]any{
			"insecure": false, "s3_use_path_style": true, "endpoints": []any{object("s3", "https://first.example.com")},
		}),
		"insecure":                    on,
		"http_proxy":                  text("http://first.example.com:3128", "http://second.example.com:3128", "http://user:pass word@[::1").beside(object("endpoints", []any{object("s3", "http://first.test")})),
		"https_proxy":                 text("http://first.example.com:3128", "http://second.example.com:3128", "http://user:pass word@[::1"),
		"no_proxy":                    text("first.test", "second.test").beside(object("endpoints", []any{map[string]any{"s3": "https://first.test", "iam": "https://second.test"}})),
		"max_retries":                 number(2, 3, -1),
		"retry_mode":                  text("adaptive", "standard", "", "legacy"),
		"s3_use_path_style":           on,
		"sts_region":                  text("eu-west-1", "us-west-2"),
		"use_fips_endpoint":           on,
		"use_dualstack_endpoint":      on,
		"skip_credentials_validation": on.beside(object("allowed_account_ids", []any{"444455556666"})),
		"skip_requesting_account_id":  on,
		"skip_region_validation":      on,
		"skip_metadata_api_check":     text("true", "false", "perhaps"),

		"assume_role": {First: []any{role("first")}, Second: []any{role("first"), role("second")}, Refused: []any{[]any{map[string]any{}}}},
		"assume_role_with_web_identity": {
			First: []any{web("first")}, Second: []any{web("second")}, Refused: []any{[]any{map[string]any{}}, []any{web("first"), web("second")}},
		},
		"duration":                             text("1h", "2h", "", "an hour", "14m59s", "12h1s"),
		"assume_role.policy":                   text(`{"Version":"2012-10-17","Statement":[]}`, `{"Version":"2012-10-17","Id":"a","Statement":[]}`, "", "{"),
		"assume_role_with_web_identity.policy": text(`{"Version":"2012-10-17","Statement":[]}`, `{"Version":"2012-10-17","Id":"a","Statement":[]}`, "", "{"),
		"policy_arns":                          set("arn:aws:iam::aws:policy/ReadOnlyAccess", account+"policy/own", []any{"ReadOnlyAccess"}),
		"session_name":                         text("first", "second", "a", "a b"),
		"source_identity":                      text("first", "second", "a", "a b"),
		"transitive_tag_keys":                  set("Team", "Site").beside(object("assume_role.tags", map[string]any{"Team": "speech"})),
		"web_identity_token":                   text("first-token", "second-token", "abc"),
		"web_identity_token_file":              text("first-file", "second-file").beside(object("assume_role_with_web_identity.web_identity_token", nil)),
		"default_tags":                         {First: []any{object("tags", object("Team", "speech"))}, Second: []any{object("tags", object("Team", "sales"))}},
		"ignore_tags":                          {First: []any{object("keys", []any{"Team"})}, Second: []any{object("keys", []any{"Site"})}},
		"keys":                                 set("Team", "Site"),
		"key_prefixes":                         samples["key_prefixes"],
		"ignore_tags.key_prefixes":             set("Team", "Site"),
		"endpoints":                            {First: []any{object("s3", "https://first.example.com")}, Second: []any{object("s3", "https://second.example.com")}},
		"s3":                                   endpoint, "iam": endpoint, "sts": endpoint,
	})
}

var endpoint = text("https://first.example.com", "https://second.example.com", "", "localhost:9000")

func role(name string) any {
	return map[string]any{"role_arn": account + "role/" + name, "session_name": "base"}
}

func web(token string) any {
	return map[string]any{"role_arn": account + "role/first", "session_name": "base", "web_identity_token": token + "-token"}
}
