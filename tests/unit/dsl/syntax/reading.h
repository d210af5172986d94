// One file read, with what was said of it: what the tests of reading start from.
#pragma once

#include <string>
#include <vector>

#include "dsl/syntax/parse.h"

namespace assay {

struct ReadFile {
  Sources sources;
  ast::Tree tree;
  DiagnosticSink sink;
  FileId file;

  explicit ReadFile(std::string text);
  // "E0101" and so on, in the order of the text.
  std::vector<std::string> codes() const;
  std::string printed() const { return render(sink, sources); }
};

// The example rulesets under tests/golden/examples, which test the checker and the formatter too.
std::vector<std::string> example_texts();

}  // namespace assay
