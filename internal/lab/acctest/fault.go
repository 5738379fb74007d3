package acctest

import (
	"fmt"
	"html"
	"net/http/httptest"
	"slices"
)

// Fault is an answer that the proxy gives in AWS's place.
type Fault struct {
	Status  int
	Code    string
	Message string
	// Times is how many calls fail; 0 stands for all, until ClearFaults.
	Times int
	// Before keeps the call from AWS; otherwise AWS carries it out and only the answer is lost.
	Before bool
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
