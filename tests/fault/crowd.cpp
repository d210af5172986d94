// crowd STORE PART: one of many upon a store. As `writerN` it records batches and runs, opening the store anew for
// each, and writes one byte after each that was acknowledged; as `reader` it opens, verifies and writes one byte. What
// is told is busy is tried again. Ends with 0 at SIGTERM, after the act at hand, and with 1 at any other fault.
#include <signal.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string_view>

#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

volatile std::sig_atomic_t stopped = 0;

Result<void> write_once(const std::string& path, std::string_view part, int act) {
  auto store = Store::open(path, Access::Write);
  if (!store) return tl::unexpected(store.error());
  if (act % 5 == 0) {
    if (auto run = store->record_run(sample_run()); !run) return tl::unexpected(run.error());
    return {};
  }
  auto catalogue = store->catalogue();
  if (!catalogue) return tl::unexpected(catalogue.error());
  RowMaker make(**catalogue);
  std::vector<TypedRow> rows;
  for (int i = 0; i < 20 + act % 400; ++i) {
    rows.push_back(make.cell(fmt::format("council:{}-{}", part, i % 30), "t.score", 1 + i % 4));
    if (i % 10 == 0) rows.back().note = "a note";
  }
  if (auto recorded = record(*store, fmt::format("{} act {}.csv", part, act), rows); !recorded)
    return tl::unexpected(recorded.error());
  return {};
}

Result<void> read_once(const std::string& path) {
  auto store = Store::open(path, Access::Read);
  if (!store) return tl::unexpected(store.error());
  if (auto report = store->verify(); !report) return tl::unexpected(report.error());
  return {};
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return 2;
  std::signal(SIGTERM, [](int) { stopped = 1; });
  const std::string path = arguments[1];
  const std::string_view part = arguments[2];
  for (int act = 1; stopped == 0;) {
    const auto done = part == "reader" ? read_once(path) : write_once(path, part, act);
    if (!done) {
      if (done.error().code == ErrorCode::Busy) continue;
      fmt::print(stderr, "{}: {}\n", part, to_string(done.error()));
      return 1;
    }
    ++act;
    if (::write(STDOUT_FILENO, ".", 1) != 1) return 1;
  }
  return 0;
}
