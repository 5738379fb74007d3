package awsxml_test

import (
	"testing"

	"github.com/voicebase/terraform-provider-voicebase/internal/lab/localaws/awsxml"
)

func TestRoundTrip(t *testing.T) {
	root, err := awsxml.Parse([]byte("<?xml version=\"1.0\"?>\n<A xmlns=\"x\">\n  <B>1 &lt; 2</B>\n  <C><D/></C>\n  <B> </B>\n</A>"))
	if err != nil {
		t.Fatal(err)
	}
	if got := root.String(); got != "<A><B>1 &lt; 2</B><C><D></D></C><B> </B></A>" {
		t.Errorf("became %s", got)
	}
	if root.Value("B") != "1 < 2" || len(root.All("B")) != 2 || root.Child("C").Child("D") == nil || root.Value("no", "such") != "" {
		t.Errorf("read as %s", root)
	}
}

func TestWhatIsNotXML(t *testing.T) {
	for _, text := range []string{"", "text", "<A>", "<A></B>", "<A/><B/>", "<A", "{}"} {
		if root, err := awsxml.Parse([]byte(text)); err == nil {
			t.Errorf("%q is read as %s", text, root)
		}
	}
}
