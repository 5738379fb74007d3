package s3front

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/sigv4"
)

// identify gives an answer that is made here its request IDs.
func identify(w http.ResponseWriter) (requestID string) {
	requestID = rand.Text()[:16]
	var host [32]byte
	// crypto/rand never fails.
	_, _ = rand.Read(host[:])
	w.Header().Set("X-Amz-Request-Id", requestID)
	w.Header().Set("X-Amz-Id-2", base64.StdEncoding.EncodeToString(host[:]))
	w.Header().Set("Server", "AmazonS3")
	return requestID
}

func writeError(w http.ResponseWriter, r *http.Request, err error) {
	e := asError(err, sigv4.IsPresigned(r.URL.Query()))
	id := identify(w)
	if e.Region != "" {
		w.Header().Set("X-Amz-Bucket-Region", e.Region)
	}
	if r.Method == http.MethodHead {
		w.WriteHeader(e.Status)
		return
	}
	root := awsxml.New("Error", awsxml.Leaf("Code", e.Code), awsxml.Leaf("Message", e.Message))
	if e.Region != "" {
		root.Children = append(root.Children, awsxml.Leaf("Region", e.Region))
	}
	if bucket, _ := splitPath(r.URL.Path); bucket != "" && strings.Contains(e.Code, "Bucket") {
		root.Children = append(root.Children, awsxml.Leaf("BucketName", bucket))
	}
	root.Children = append(root.Children, awsxml.Leaf("Resource", r.URL.Path), awsxml.Leaf("RequestId", id),
		awsxml.Leaf("HostId", w.Header().Get("X-Amz-Id-2")))
	writeDocument(w, e.Status, root.Document(""))
}

func writeDocument(w http.ResponseWriter, status int, document []byte) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	// A client that goes away is no news.
	_, _ = bytes.NewReader(document).WriteTo(w)
}

func splitPath(path string) (bucket, key string) {
	bucket, key, _ = strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return bucket, key
}
