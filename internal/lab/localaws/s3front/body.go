package s3front

import (
	"bufio"
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash"
	"hash/crc32"
	"hash/crc64"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/s3error"
)

const maxBody = 2 << 20

// readBody reads the body of a call about settings and checks it against the
// hashes that came with it.
func readBody(q *request) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(q.Body, maxBody+1))
	if err != nil {
		return nil, fmt.Errorf("reading the body: %w", err)
	}
	if len(body) > maxBody {
		return nil, s3error.BadRequest("MaxMessageLengthExceeded", "Your request was too big.")
	}
	declared, sum := q.Header.Get("X-Amz-Content-Sha256"), sha256.Sum256(body)
	checksums := q.Header
	switch {
	case declared == "STREAMING-UNSIGNED-PAYLOAD-TRAILER":
		if body, checksums, err = decodeChunks(body); err != nil {
			return nil, err
		}
	case strings.HasPrefix(declared, "STREAMING-"):
		return nil, s3error.NotImplemented("x-amz-content-sha256: " + declared)
	case declared != "" && declared != "UNSIGNED-PAYLOAD" && declared != hex.EncodeToString(sum[:]):
		return nil, s3error.BadRequest("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.")
	}
	digest := md5.Sum(body)
	if want := q.Header.Get("Content-Md5"); want != "" && want != base64.StdEncoding.EncodeToString(digest[:]) {
		return nil, s3error.BadRequest("BadDigest", "The Content-MD5 you specified did not match what we received.")
	}
	return body, checkChecksums(checksums, body)
}

// decodeChunks undoes the aws-chunked encoding of a body without signatures
// and returns the checksums behind it.
func decodeChunks(body []byte) (content []byte, trailer http.Header, err error) {
	malformed := s3error.BadRequest("IncompleteBody", "The request body terminated unexpectedly")
	// It is HTTP's chunked encoding, but for its end: that is the last chunk's.
	reader := io.MultiReader(strings.NewReader("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"), bytes.NewReader(body))
	r, err := http.ReadRequest(bufio.NewReader(reader))
	if err != nil {
		return nil, nil, malformed
	}
	if content, err = io.ReadAll(r.Body); err != nil {
		return nil, nil, malformed
	}
	return content, r.Trailer, nil
}

// checkChecksums compares the checksums of a body that are there.
func checkChecksums(header http.Header, body []byte) error {
	for name, hasher := range map[string]hash.Hash{
		"Crc32": crc32.NewIEEE(), "Crc32c": crc32.New(crc32.MakeTable(crc32.Castagnoli)), "Crc64nvme": crc64.New(crc64.MakeTable(0x9a6c9329ac4bc9b5)),
		"Sha1": sha1.New(), "Sha256": sha256.New(),
	} {
		want := header.Get("X-Amz-Checksum-" + name)
		if want == "" {
			continue
		}
		hasher.Write(body)
		if want != base64.StdEncoding.EncodeToString(hasher.Sum(nil)) {
			return s3error.BadRequest("BadDigest", "The %s you specified did not match the calculated checksum.", strings.ToUpper(name))
		}
	}
	return nil
}

// hasChecksum says whether a body comes with a hash of one kind or another.
func hasChecksum(header http.Header) bool {
	if header.Get("Content-Md5") != "" || header.Get("X-Amz-Trailer") != "" {
		return true
	}
	for name := range header {
		if strings.HasPrefix(name, "X-Amz-Checksum-") {
			return true
		}
	}
	return false
}

func replay(w http.ResponseWriter, answer *httptest.ResponseRecorder) {
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Code)
	// A client that goes away is no news.
	_, _ = w.Write(answer.Body.Bytes())
}
