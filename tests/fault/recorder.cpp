// recorder STORE [LIMIT]: records batches and runs into a store without end, making it first if it is not there, and
// writes one byte to the standard output after each act that was acknowledged. Meant to be killed. With LIMIT, no file
// may grow beyond that many bytes, as on a full disk: ends with 7 when the store says so, and 1 for any other fault.
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>

#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

constexpr int kNoRoom = 7;

[[noreturn]] void end_with(const Error& error) { ::_exit(error.code == ErrorCode::Io ? kNoRoom : 1); }

template <class T>
T must(Result<T> result) {
  if (!result) end_with(result.error());
  return std::move(*result);
}

void acknowledge() {
  const char done = '.';
  if (::write(STDOUT_FILENO, &done, 1) != 1) ::_exit(1);
}

// From one row to more than a block, so that some are killed while the second thread inserts.
void record_batch(Store& store, int act) {
  RowMaker make(*must(store.catalogue()));
  std::vector<TypedRow> rows;
  const int count = act % 7 == 3 ? 9000 : 1 + act * 37 % 600;
  for (int i = 0; i < count; ++i) {
    rows.push_back(make.cell(fmt::format("council:{}", act * 10 + i % 50), "t.score", 1 + i % 4));
    if (i % 100 == 0) rows.back().note = "a note";
  }
  must(record(store, fmt::format("act {}.csv", act), rows));
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return 2;
  if (count > 2) {
    const rlim_t bytes = std::strtoull(arguments[2], nullptr, 10);
    const rlimit limit{bytes, bytes};
    ::signal(SIGXFSZ, SIG_IGN);
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 1;
  }
  const std::string path = arguments[1];
  Store store = std::filesystem::exists(path) ? must(Store::open(path, Access::Write))
                                              : must(Store::create(path, "2025-06-01T08:00:00Z"));
  acknowledge();
  for (int act = static_cast<int>(must(store.head()).size);; ++act) {
    if (act % 3 == 0) {
      must(store.record_run(sample_run()));
    } else {
      record_batch(store, act);
    }
    acknowledge();
  }
}
