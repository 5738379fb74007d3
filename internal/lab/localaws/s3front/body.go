package s3front

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
)

const maxBody = 1 << 20

// readBody reads the body of a call about settings and checks it against the
// hashes that came with it.
func readBody(q *request) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(q.Body, maxBody+1))
	if err != nil {
		return nil, fmt.Errorf("reading the body: %w", err)
	}
	if len(body) > maxBody {
		return nil, badRequest("MaxMessageLengthExceeded", "Your request was too big.")
	}
	declared, sum := q.Header.Get("X-Amz-Content-Sha256"), sha256.Sum256(body)
	switch {
	case strings.HasPrefix(declared, "STREAMING-"):
		return nil, badRequest("InvalidRequest", "The value of x-amz-content-sha256 header is invalid.")
	case declared != "" && declared != "UNSIGNED-PAYLOAD" && declared != hex.EncodeToString(sum[:]):
		return nil, badRequest("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.")
	}
	digest := md5.Sum(body)
	if want := q.Header.Get("Content-Md5"); want != "" && want != base64.StdEncoding.EncodeToString(digest[:]) {
		return nil, badRequest("BadDigest", "The Content-MD5 you specified did not match what we received.")
	}
	return body, nil
}

func replay(w http.ResponseWriter, answer *httptest.ResponseRecorder) {
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Code)
	// A client that goes away is no news.
	_, _ = w.Write(answer.Body.Bytes())
}
