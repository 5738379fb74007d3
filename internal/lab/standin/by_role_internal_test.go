package standin

import "testing"

func TestBase(t *testing.T) {
	for address, want := range map[string][3]string{
		"https://s3.eu-west-1.amazonaws.com/results":           {"https://s3.eu-west-1.amazonaws.com", "results", "eu-west-1"},
		"http://s3-us-east-1.amazonaws.com/your-bucket-name":   {"http://s3-us-east-1.amazonaws.com", "your-bucket-name", "us-east-1"},
		"https://s3.dualstack.us-west-2.amazonaws.com/results": {"https://s3.dualstack.us-west-2.amazonaws.com", "results", "us-west-2"},
		"https://s3.cn-north-1.amazonaws.com.cn/results":       {"https://s3.cn-north-1.amazonaws.com.cn", "results", "cn-north-1"},
		"https://127.0.0.1:4567/results":                       {"https://127.0.0.1:4567", "results", "us-east-1"},
	} {
		endpoint, bucket, region, err := base(address)
		if got := [3]string{endpoint, bucket, region}; err != nil || got != want {
			t.Errorf("%s: got %v, %v, want %v", address, got, err, want)
		}
	}
	for _, address := range []string{"", "results", "https://s3.eu-west-1.amazonaws.com", "https://s3.eu-west-1.amazonaws.com/results/", "https://s3.eu-west-1.amazonaws.com/results/folder"} {
		if endpoint, bucket, _, err := base(address); err == nil {
			t.Errorf("%q gave %s and %s", address, endpoint, bucket)
		}
	}
}
