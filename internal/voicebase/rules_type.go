package voicebase

import "fmt"

// typeRules check the attributes that a type allows, requires and does not allow.
var typeRules = []rule{
	{reads(AttributeType), checkType},
	{reads(AttributeType, AttributeFormat), checkFormat},
	{reads(AttributeType, AttributeStream), checkStream},
	{reads(AttributeType, AttributeInclude), checkIncludeAllowed},
	{reads(AttributeInclude), checkInclude},
}

func checkType(c candidate) []Problem {
	if _, err := ParseResultType(string(c.resultType())); err == nil {
		return nil
	}
	return fault(TypeUnknown, AttributeType, "VoiceBase does not support this type.", quoted(*c.Type), list(ResultTypes()))
}

func checkFormat(c candidate) []Problem {
	switch {
	case !c.known():
		return nil
	case c.resultType() != Transcript:
		return surplus(c, AttributeFormat, c.Format != nil, Transcript)
	case c.Format == nil:
		return missing(c, AttributeFormat, list(Formats()))
	}
	if _, err := ParseFormat(*c.Format); err == nil {
		return nil
	}
	return fault(FormatUnknown, AttributeFormat, "VoiceBase does not support this transcript format.", quoted(*c.Format), list(Formats()))
}

// checkStream has no VoiceBase code for an unknown stream: the page "Errors" lists none.
func checkStream(c candidate) []Problem {
	switch {
	case !c.known():
		return nil
	case c.resultType() != Media:
		return surplus(c, AttributeStream, c.Stream != nil, Media)
	case c.Stream == nil:
		return missing(c, AttributeStream, list(Streams()))
	}
	if _, err := ParseStream(*c.Stream); err == nil {
		return nil
	}
	return failure(AttributeStream, "VoiceBase does not support this stream.", quoted(*c.Stream), list(Streams()))
}

func checkIncludeAllowed(c candidate) []Problem {
	if !c.known() || c.resultType() == Analytics {
		return nil
	}
	return surplus(c, AttributeInclude, c.Include != nil, Analytics)
}

func checkInclude(c candidate) []Problem {
	var problems []Problem
	for _, name := range c.Include {
		if _, err := ParseSection(name); err != nil {
			problems = append(problems, fault(IncludeUnknown, AttributeInclude,
				"VoiceBase does not support this section of the analytics.", quoted(name), list(Sections()))...)
		}
	}
	return problems
}

// known reports whether VoiceBase knows a type. Which attributes belong to any other type cannot be determined.
func (c candidate) known() bool {
	_, err := ParseResultType(string(c.resultType()))
	return err == nil
}

func surplus(c candidate, attribute Attribute, given bool, owner ResultType) []Problem {
	if !given {
		return nil
	}
	return fault(AttributeSurplus, attribute, fmt.Sprintf("%s is not valid with type %q.", attribute, c.resultType()),
		fmt.Sprintf("%s with type %q", attribute, c.resultType()), fmt.Sprintf("%s only with type %q", attribute, owner))
}

func missing(c candidate, attribute Attribute, allowed string) []Problem {
	return fault(AttributeMissing, attribute, fmt.Sprintf("%s is required with type %q.", attribute, c.resultType()),
		"no "+string(attribute), allowed)
}
