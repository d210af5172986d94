// The registry of kinds, and the order in which a sink gives what it was told.
#include "dsl/diagnostics/diagnostic.h"

#include <catch2/catch.hpp>

#include <cctype>
#include <set>

namespace assay {

TEST_CASE("codes and names are given once, and the code says how grave it is") {
  std::set<std::string_view> codes, names;
  for (const DiagnosticKind kind : all_diagnostic_kinds()) {
    INFO(name_of(kind));
    CHECK(codes.insert(code_of(kind)).second);
    CHECK(names.insert(name_of(kind)).second);
    CHECK(code_of(kind).size() == 5);
    CHECK(code_of(kind).front() == (severity_of(kind) == Severity::Error ? 'E' : 'W'));
    CHECK(find_diagnostic_kind(code_of(kind)) == kind);
    CHECK(find_diagnostic_kind(name_of(kind)) == kind);
  }
  CHECK_FALSE(find_diagnostic_kind("E9999"));
}

TEST_CASE("summaries begin small and have no full stop") {
  for (const DiagnosticKind kind : all_diagnostic_kinds()) {
    const std::string_view summary = summary_of(kind);
    INFO(summary);
    REQUIRE_FALSE(summary.empty());
    CHECK_FALSE(std::isupper(static_cast<unsigned char>(summary.front())));
    CHECK(summary.back() != '.');
  }
}

TEST_CASE("a sink sorts by file, place and code, and gives equal ones once") {
  DiagnosticSink sink;
  CHECK_FALSE(sink.has_errors());
  const auto tell = [&](DiagnosticKind kind, std::uint32_t file, std::uint32_t begin, const char* message) {
    sink.add({kind, {FileId{file}, begin, begin + 1}, message, {}, {}});
  };
  tell(DiagnosticKind::BadNumber, 1, 0, "d");
  tell(DiagnosticKind::BadNumber, 0, 9, "c");
  tell(DiagnosticKind::BadNumber, 0, 3, "b");
  tell(DiagnosticKind::UnexpectedWord, 0, 3, "a");
  tell(DiagnosticKind::BadNumber, 0, 3, "b");
  std::string order;
  for (const Diagnostic& diagnostic : sink.sorted()) order += diagnostic.message;
  CHECK(order == "abcd");
  CHECK(sink.has_errors());
  CHECK(sink.error_count() == 4);
  CHECK(sink.warning_count() == 0);
}

}  // namespace assay
