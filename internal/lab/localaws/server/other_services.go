package server

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
)

// refuse answers a call to a service that is not here, in the protocol of
// that service, so that its client can show the message. A status of 400
// keeps clients from trying again.
func refuse(w http.ResponseWriter, r *http.Request, service string) {
	const code = "UnknownOperationException"
	message := fmt.Sprintf("The local AWS has S3, IAM and STS, not %q.", service)
	if !strings.Contains(r.Header.Get("Content-Type"), "json") {
		w.Header().Set("Content-Type", "text/xml")
		w.WriteHeader(http.StatusBadRequest)
		_ = xml.NewEncoder(w).Encode(struct {
			XMLName xml.Name `xml:"ErrorResponse"`
			Code    string   `xml:"Error>Code"`
			Message string   `xml:"Error>Message"`
		}{Code: code, Message: message})
		return
	}
	w.Header().Set("Content-Type", r.Header.Get("Content-Type"))
	w.Header().Set("X-Amzn-Errortype", code)
	w.WriteHeader(http.StatusBadRequest)
	_ = json.NewEncoder(w).Encode(map[string]string{"__type": code, "message": message})
}
