package server_test

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// chunkedPut is an upload as boto3 sends it by default: in aws-chunked encoding
// with a checksum behind, and in HTTP's chunked encoding on top of it, so that
// nothing says how long the body is.
func chunkedPut(ctx context.Context, t *testing.T, bucket, key, content string) *http.Request {
	t.Helper()
	sum := base64.StdEncoding.EncodeToString(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE([]byte(content))))
	body := fmt.Sprintf("0\r\nx-amz-checksum-crc32:%s\r\n\r\n", sum)
	if content != "" {
		body = fmt.Sprintf("%x\r\n%s\r\n%s", len(content), content, body)
	}
	// Not a strings.Reader, whose length is known.
	r, err := http.NewRequestWithContext(ctx, http.MethodPut, local.URL+"/"+bucket+"/"+key, io.MultiReader(strings.NewReader(body)))
	must(t, err)
	const hash = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
	r.Header.Set("Content-Encoding", "aws-chunked")
	r.Header.Set("X-Amz-Trailer", "x-amz-checksum-crc32")
	r.Header.Set("X-Amz-Decoded-Content-Length", fmt.Sprint(len(content)))
	r.Header.Set("X-Amz-Content-Sha256", hash)
	credentials := aws.Credentials{AccessKeyID: customer().key, SecretAccessKey: customer().secret}
	signer := v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true })
	must(t, signer.SignHTTP(ctx, credentials, r, hash, "s3", "us-east-1", time.Now()))
	return r
}

// TestUploadsOfUnknownLength sends many on one connection: what one leaves
// there, the next one trips over.
func TestUploadsOfUnknownLength(t *testing.T) {
	bucket, sizes := newBucket(t), []int{0, 1, 2000, 70000, 3 << 20}
	for i := range 300 {
		size := sizes[i%3]
		if i%50 == 0 {
			size = sizes[3+i/50%2]
		}
		key := fmt.Sprint("key-", size)
		answer, err := httpClient(t, 0).Do(chunkedPut(t.Context(), t, bucket, key, strings.Repeat("x", size)))
		must(t, err)
		content, err := io.ReadAll(answer.Body)
		must(t, err)
		must(t, answer.Body.Close())
		if answer.StatusCode != http.StatusOK {
			t.Fatalf("upload %d of %d bytes: %s %s", i, size, answer.Status, content)
		}
	}
	c := s3For(t, customer(), "us-east-1")
	for _, size := range sizes {
		out, err := c.HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: &bucket, Key: aws.String(fmt.Sprint("key-", size))})
		must(t, err)
		equal(t, *out.ContentLength, int64(size))
	}
}

func TestUploadsWithoutALengthAreRefused(t *testing.T) {
	bucket := newBucket(t)
	r := chunkedPut(t.Context(), t, bucket, "k", "content")
	r.Header.Del("X-Amz-Decoded-Content-Length")
	const hash = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
	credentials := aws.Credentials{AccessKeyID: customer().key, SecretAccessKey: customer().secret}
	must(t, v4.NewSigner().SignHTTP(t.Context(), credentials, r, hash, "s3", "us-east-1", time.Now()))
	answer, err := httpClient(t, 0).Do(r)
	must(t, err)
	must(t, answer.Body.Close())
	equal(t, answer.StatusCode, http.StatusLengthRequired)

	plain, err := http.NewRequestWithContext(t.Context(), http.MethodPut, presignPut(t, customer(), bucket, "k", time.Hour, 0), io.MultiReader(strings.NewReader("content")))
	must(t, err)
	plain.Header.Set("Content-Type", "application/json")
	answer, err = httpClient(t, 0).Do(plain)
	must(t, err)
	must(t, answer.Body.Close())
	equal(t, answer.StatusCode, http.StatusNotImplemented)
}

// putsScript uploads with boto3's default settings, but without its retries,
// which would hide what it is to find.
const putsScript = `
import os, sys, boto3
from botocore.config import Config
c = boto3.client("s3", endpoint_url=os.environ["URL"], config=Config(retries={"total_max_attempts": 1}))
failed = 0
for i in range(int(os.environ["PUTS"])):
    try:
        c.put_object(Bucket=os.environ["BUCKET"], Key="key-%d" % (i % 50), Body=b"x" * 2000)
    except Exception as e:
        failed += 1
        print(e, file=sys.stderr)
sys.exit(1 if failed else 0)
`

// TestBoto3Uploads runs boto3 itself. LOCALAWS_BOTO3_PUTS says how often.
func TestBoto3Uploads(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	if err := exec.CommandContext(ctx, "python3", "-c", "import boto3").Run(); err != nil {
		t.Skip("boto3's own uploads: runs when python3 has boto3, as after pip install boto3")
	}
	puts := os.Getenv("LOCALAWS_BOTO3_PUTS")
	if puts == "" {
		puts = "200"
	}
	cmd := exec.CommandContext(ctx, "python3", "-c", putsScript)
	cmd.Env = append(os.Environ(), "URL="+local.URL, "PUTS="+puts, "BUCKET="+newBucket(t), "AWS_CA_BUNDLE="+local.CAFile,
		"AWS_ACCESS_KEY_ID="+customer().key, "AWS_SECRET_ACCESS_KEY="+customer().secret, "AWS_REGION=us-east-1", "AWS_DEFAULT_REGION=us-east-1",
		"AWS_CONFIG_FILE=/dev/null", "AWS_SHARED_CREDENTIALS_FILE=/dev/null")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}
