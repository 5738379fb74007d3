package awsfake

import (
	"context"
	"net/http"
	"testing"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Metadata is what the SDK makes of an answer with a header: its server, its time and so on.
func Metadata(t *testing.T, header http.Header) middleware.Metadata {
	t.Helper()
	raw := &smithyhttp.Response{Response: &http.Response{Header: header}}
	answer := middleware.DeserializeHandlerFunc(func(context.Context, middleware.DeserializeInput) (middleware.DeserializeOutput, middleware.Metadata, error) {
		return middleware.DeserializeOutput{RawResponse: raw}, middleware.Metadata{}, nil
	})
	timed := middleware.DeserializeHandlerFunc(func(ctx context.Context, in middleware.DeserializeInput) (middleware.DeserializeOutput, middleware.Metadata, error) {
		return awsmiddleware.RecordResponseTiming{}.HandleDeserialize(ctx, in, answer)
	})
	_, metadata, err := (&awsmiddleware.AddRawResponse{}).HandleDeserialize(t.Context(), middleware.DeserializeInput{}, timed)
	if err != nil {
		t.Fatal(err)
	}
	return metadata
}
