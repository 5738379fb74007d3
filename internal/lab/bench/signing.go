package main

import (
	"context"
	"testing"
	"time"

	awssdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/awsfake"
	"github.com/voicebase/terraform-provider-voicebase/internal/s3presign"
)

// signer is how fast pre-signed URLs are made.
type signer struct {
	Name        string  `json:"name"`
	PerSecond   float64 `json:"urls_a_second"`
	Allocations int64   `json:"allocations"`
	Bytes       int64   `json:"bytes"`
}

// signing compares our signer, which checks what it signs, with the SDK's.
func signing() []signer {
	return []signer{signed(sideOurs, ourSigner), signed("the SDK's presigner", sdkSigner)}
}

func signed(name string, benchmark func(*testing.B)) signer {
	result := testing.Benchmark(benchmark)
	return signer{
		name, float64(result.N) / result.T.Seconds(), result.AllocsPerOp(), result.AllocedBytesPerOp(),
	}
}

var keys = awssdk.Credentials{AccessKeyID: "AKIAEXAMPLE", SecretAccessKey: awsfake.SecretKey}

func s3Client() *s3.Client {
	return s3.New(s3.Options{
		Region: region, Credentials: credentials.StaticCredentialsProvider{Value: keys},
	})
}

func ourSigner(b *testing.B) {
	b.Helper()
	s := s3presign.New(s3Client())
	request := s3presign.Request{
		Bucket: "results", Key: "voicebase/analytics.json", ContentType: "application/json",
		ExpiresIn: time.Hour, SignedAt: time.Now(), ContentTypeQuery: true,
	}
	for b.Loop() {
		if _, err := s.Sign(context.Background(), request); err != nil {
			b.Fatal(err)
		}
	}
}

func sdkSigner(b *testing.B) {
	b.Helper()
	client := s3.NewPresignClient(s3Client())
	input := &s3.PutObjectInput{
		Bucket: awssdk.String("results"), Key: awssdk.String("voicebase/analytics.json"), ContentType: awssdk.String("application/json"),
	}
	for b.Loop() {
		if _, err := client.PresignPutObject(context.Background(), input, s3.WithPresignExpires(time.Hour)); err != nil {
			b.Fatal(err)
		}
	}
}
