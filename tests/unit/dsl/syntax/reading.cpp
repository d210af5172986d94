// Reading a text, and the examples from the vectors.
#include "tests/unit/dsl/syntax/reading.h"

#include <fstream>
#include <sstream>

namespace assay {

ReadFile::ReadFile(std::string text) {
  file = sources.add("rules.assay", std::move(text));
  parse(sources, file, tree, sink);
}

std::vector<std::string> ReadFile::codes() const {
  std::vector<std::string> out;
  for (const Diagnostic& diagnostic : sink.sorted()) out.emplace_back(code_of(diagnostic.kind));
  return out;
}

std::vector<std::string> example_texts() {
  std::vector<std::string> out;
  for (const char* name :
       {"cqc_local_authority.assay", "intervention_and_interaction.assay", "nhse_oversight_2025.assay"}) {
    std::ifstream in(std::string(ASSAY_SOURCE_DIR) + "/tests/golden/examples/" + name, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    out.push_back(text.str());
  }
  return out;
}

}  // namespace assay
