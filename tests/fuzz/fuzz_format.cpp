// Any bytes as a file of rules, laid out: where it reads, words, comments and tree stay (the formatter sees to that
// itself), no line ends in a blank, and laid out again it is the same.
#include <cstdint>
#include <string>

#include "dsl/format/format.h"
#include "evidence/core/check.h"

using namespace assay;

namespace {

std::optional<std::string> formatted(const std::string& text) {
  Sources sources;
  DiagnosticSink sink;
  return format_ruleset(sources, sources.add("rules.assay", text), sink);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto once = formatted({data, data + size});
  if (!once) return 0;
  const auto twice = formatted(*once);
  CHECK(twice.has_value());
  CHECK(*twice == *once);
  return 0;
}
