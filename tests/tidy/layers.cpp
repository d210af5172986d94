// The tables, and the reading of include lines.
#include "tests/tidy/layers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace assay::tidy {
namespace {

constexpr std::array<std::string_view, 23> kOrder = {
    "evidence/core",  "evidence/trail", "evidence/import", "evidence/store",  "dsl/source",    "dsl/diagnostics",
    "dsl/syntax",     "dsl/format",     "dsl/check",       "dsl/compare",     "dsl/prove",     "engine/plan",
    "engine/survey",  "engine/eval",    "engine/columns",  "engine/explain",  "engine/calendar", "engine/whatif",
    "engine/history", "engine/session",  "engine/trial",   "apps/verifier",  "apps/cli"};

// The stand-alone verifier shares no code with what it checks: of the project it sees values and rules alone.
constexpr std::string_view kVerifier = "apps/verifier";
constexpr std::array<std::string_view, 3> kSeenByVerifier = {"evidence/core", "dsl", kVerifier};

// Rules and answers are made from values in memory. These folders see of evidence only its values, so that nothing in
// them can reach a file or a store.
constexpr std::array<std::string_view, 15> kPure = {
    "dsl/source",     "dsl/diagnostics", "dsl/syntax",    "dsl/format",    "dsl/check",
    "dsl/compare",    "dsl/prove",       "engine/plan",   "engine/survey", "engine/eval",
    "engine/columns", "engine/explain",  "engine/calendar", "engine/whatif", "engine/history"};

// `places` are folders or files, apart by a blank; "*" is anywhere. In headers only where `in_headers`.
struct Library {
  std::string_view prefix;  // of the text between the angle brackets
  std::string_view places;
  bool in_headers = false;
};
constexpr std::array<Library, 35> kLibraries = {{
    {"fmt/", "*", true},
    {"tl/expected.hpp", "*", true},
    {"catch2/", "tests"},
    {"csv.h", "tests"},
    {"pugixml.hpp", "tests"},
    {"sqlite3.h", "evidence/store"},
    {"tao/pegtl", "dsl/syntax", true},  // a grammar is headers; no other folder may include them either
    {"nlohmann/", "evidence dsl/diagnostics engine apps tests"},
    {"openssl/", "evidence/core"},
    {"immintrin.h", "evidence/core"},  // the processor's own SHA-256
    {"dlfcn.h", "tests/fault"},
    {"sodium.h", "evidence/trail apps/verifier"},
    {"gmp.h", "evidence/core"},
    {"utf8proc.h", "evidence/core"},
    {"zip.h", "evidence/import/spreadsheet tests"},
    {"expat.h", "evidence/import/spreadsheet"},
    {"tbb/", "engine/columns"},
    {"z3++.h", "dsl/prove", true},                      // in headers of that folder, which no other includes
    {"CLI/", "apps/cli", true},                         // commands declare their options to it
    {"xlsxwriter.h", "apps/cli"},
    {"kainjow/mustache.hpp", "apps/cli/report", true},  // the parts of a page hand each other their data
    // Files and the machine: never in the folders that only compute.
    {"fstream", "evidence/import evidence/store engine/session apps tests"},
    {"filesystem", "evidence/import evidence/store engine/session apps tests"},
    {"iostream", "apps tests"},
    {"thread", "evidence/import evidence/store engine/session engine/trial apps tests"},
    {"ctime", "apps tests"},
    {"sched.h", "engine/columns/apart.cpp tests"},
    {"sys/mman.h", "engine/columns/large.cpp"},  // how large the pages of its memory are: no file, nothing else
    {"sys/", "evidence/trail evidence/import evidence/store apps tests"},
    {"signal.h", "apps tests"},
    {"unistd.h", "evidence/import evidence/store apps tests"},
    {"fcntl.h", "evidence/import evidence/store apps tests"},
    {"pwd.h", "apps"},
    {"random", "tests"},
    {"regex", "tests"},
}};

std::optional<std::size_t> place_in_order(std::string_view path) {
  for (std::size_t i = 0; i < kOrder.size(); ++i) {
    if (is_below(path, kOrder[i])) return i;
  }
  return std::nullopt;
}

std::string_view folder_of(std::string_view path) { return path.substr(0, path.rfind('/')); }

bool is_pure(std::string_view path) {
  return std::any_of(kPure.begin(), kPure.end(), [&](std::string_view folder) { return is_below(path, folder); });
}

bool is_in_places(std::string_view path, std::string_view places) {
  while (!places.empty()) {
    const std::size_t end = std::min(places.find(' '), places.size());
    const std::string_view place = places.substr(0, end);
    if (place == "*" || path == place || is_below(path, place)) return true;
    places.remove_prefix(std::min(end + 1, places.size()));
  }
  return false;
}

std::optional<std::string> fault_of_own(std::string_view path, std::string_view included) {
  if (is_below(path, "tests")) return std::nullopt;
  const auto here = place_in_order(path), there = place_in_order(included);
  if (!there) return fmt::format("`{}` is in no folder of the table of layers; write the path from the root", included);
  if (!here) return fmt::format("`{}` is in no folder of the table of layers", folder_of(path));
  if (*there > *here) {
    return fmt::format("{} includes `{}`, which comes after it in the order of layers", folder_of(path), included);
  }
  if (is_pure(path) && is_below(included, "evidence") && !is_below(included, "evidence/core")) {
    return fmt::format("{} includes `{}`; it computes, and sees of evidence only evidence/core", folder_of(path),
                       included);
  }
  if (is_below(path, kVerifier) && std::none_of(kSeenByVerifier.begin(), kSeenByVerifier.end(),
                                                [&](std::string_view seen) { return is_below(included, seen); })) {
    return fmt::format("{} includes `{}`; the verifier shares no code with what it checks", folder_of(path), included);
  }
  return std::nullopt;
}

std::optional<std::string> fault_of_library(std::string_view path, std::string_view included) {
  for (const Library& library : kLibraries) {
    if (included.substr(0, library.prefix.size()) != library.prefix) continue;
    // A standard header is its whole name: <thread> is not <threads.h>.
    if (library.prefix.back() != '/' && included.size() != library.prefix.size() &&
        included.find('/') == std::string_view::npos)
      continue;
    if (!is_in_places(path, library.places)) return fmt::format("<{}> belongs to {}", included, library.places);
    const bool others_library =
        included.find('/') != std::string_view::npos || included.find('.') != std::string_view::npos;
    if (others_library && !library.in_headers && has_suffix(path, ".h") && !is_below(path, "tests")) {
      return fmt::format("<{}> in a header; only fmt and tl::expected may be seen by those who include it", included);
    }
    return std::nullopt;
  }
  const bool standard = included.find('/') == std::string_view::npos && included.find('.') == std::string_view::npos;
  if (!standard)
    return fmt::format("<{}> is in no row of the table of libraries; add it with the folder that owns it", included);
  return std::nullopt;
}

}  // namespace

std::span<const std::string_view> layer_order() { return kOrder; }

std::vector<Fault> check_includes(const TextFile& file) {
  std::vector<Fault> faults;
  if (!is_cpp(file.path)) return faults;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::string_view line = file.lines[i];
    constexpr std::string_view kInclude = "#include ";
    if (line.substr(0, kInclude.size()) != kInclude) continue;
    const std::string_view rest = line.substr(kInclude.size());
    const std::size_t end = rest.find_first_of("\">", 1);
    if (end == std::string_view::npos) continue;
    const std::string_view included = rest.substr(1, end - 1);
    const auto fault = rest[0] == '"' ? fault_of_own(file.path, included) : fault_of_library(file.path, included);
    if (fault) faults.push_back({file.path, i + 1, *fault});
  }
  return faults;
}

}  // namespace assay::tidy
