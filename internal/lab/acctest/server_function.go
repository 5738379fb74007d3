package acctest

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Call calls a function of the provider. The result is in words, as Texts has them. argument is the number of the
// argument that the error is about, -1 for none.
func (s Server) Call(t *testing.T, name string, arguments ...tftypes.Value) (result, failure string, argument int64) {
	t.Helper()
	function := s.all.Functions[name]
	request := &tfprotov6.CallFunctionRequest{Name: name}
	for i, value := range arguments {
		encoded, err := tfprotov6.NewDynamicValue(function.Parameters[i].Type, value)
		if err != nil {
			t.Fatal(err)
		}
		request.Arguments = append(request.Arguments, &encoded)
	}
	resp, err := s.CallFunction(t.Context(), request)
	if err != nil {
		t.Fatal(err)
	}
	if resp.Error != nil {
		argument = -1
		if resp.Error.FunctionArgument != nil {
			argument = *resp.Error.FunctionArgument
		}
		return "", resp.Error.Text, argument
	}
	value, err := resp.Result.Unmarshal(function.Return.Type)
	if err != nil {
		t.Fatal(err)
	}
	return text(value), "", -1
}
