package acctest

import (
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"slices"
)

// Fault is what the proxy makes of a call.
type Fault struct {
	// Status, Code and Message are the answer that the proxy gives in AWS's place, where one arrives.
	Status  int
	Code    string
	Message string
	// Times is how many calls fail; 0 stands for all, until ClearFaults.
	Times int
	// Before keeps the call from AWS; otherwise AWS carries it out and only the answer is lost.
	Before bool
	// Wire is what happens to the answer on its way.
	Wire Wire
	// Strike, where there is one, is done when the fault comes, before the answer is on its way.
	Strike func()
}

// NamedFault is a fault with the name that a table of tests calls it by.
type NamedFault struct {
	Name string
	Fault
}

// Faults lists, once each, what can go wrong with a call of a service, s3 or iam. Lost are those after which AWS may
// have carried the call out, though its answer did not come.
func Faults(service string) (all, lost []NamedFault) {
	busy, throttled := Fault{Status: http.StatusConflict, Code: "OperationAborted"}, Fault{Status: http.StatusServiceUnavailable, Code: "SlowDown"}
	if service == "iam" {
		busy, throttled = Fault{Status: http.StatusConflict, Code: "ConcurrentModification"}, Fault{Status: http.StatusBadRequest, Code: "Throttling"}
	}
	for _, broken := range []NamedFault{
		{"500", Fault{Status: http.StatusInternalServerError, Code: "InternalError"}},
		{"503", Fault{Status: http.StatusServiceUnavailable, Code: "ServiceUnavailable"}},
		{"reset", Fault{Wire: Reset}},
		{"half an answer", Fault{Wire: HalfAnswer, Status: http.StatusInternalServerError, Code: "InternalError"}},
		{"hang", Fault{Wire: Hang}},
	} {
		before := broken
		before.Before = true
		broken.Name, before.Name = broken.Name+" after the work", before.Name+" before the work"
		lost = append(lost, broken, before)
	}
	busy.Before, throttled.Before = true, true
	refused := []NamedFault{
		{"400 RequestTimeout", Fault{Status: http.StatusBadRequest, Code: "RequestTimeout", Before: true}},
		{"throttled", throttled},
		{"409 " + busy.Code, busy},
		{"403 AccessDenied", Fault{Status: http.StatusForbidden, Code: "AccessDenied", Before: true}},
		{"ExpiredToken", Fault{Status: http.StatusBadRequest, Code: "ExpiredToken", Before: true}},
	}
	return slices.Concat(lost, refused), lost
}

type pendingFault struct {
	Fault
	action string
	left   int
}

// Fail makes the next calls of an action, such as PutBucketPolicy, fail.
func (p *proxy) Fail(action string, fault Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = append(p.faults, &pendingFault{Fault: fault, action: action, left: fault.Times})
}

// ClearFaults lets all calls through again.
func (p *proxy) ClearFaults() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = nil
}

func (p *proxy) nextFault(call Call) *Fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, fault := range p.faults {
		if fault.action != call.Action {
			continue
		}
		if fault.Times > 0 {
			if fault.left--; fault.left == 0 {
				p.faults = slices.Delete(p.faults, i, i+1)
			}
		}
		return &fault.Fault
	}
	return nil
}

const injectedRequestID = "INJECTED00000001"

func (f *Fault) answer(service string) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	answer.Header().Set("Content-Type", "application/xml")
	body := fmt.Sprintf("<Error><Code>%s</Code><Message>%s</Message></Error>", f.Code, html.EscapeString(f.Message))
	if service == "s3" {
		answer.Header().Set("x-amz-request-id", injectedRequestID)
	} else {
		answer.Header().Set("x-amzn-RequestId", injectedRequestID)
		body = "<ErrorResponse>" + body + "<RequestId>" + injectedRequestID + "</RequestId></ErrorResponse>"
	}
	answer.WriteHeader(f.Status)
	_, _ = answer.WriteString(body)
	return answer
}
