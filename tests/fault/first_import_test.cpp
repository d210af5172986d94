// A first import so large that it is written straight into the file: killed at any moment, or with a write that fails,
// it is done or not done, and can be done again.
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <random>

#include "tests/fault/acts.h"
#include "tests/fault/asked.h"

using namespace assay;
using namespace assay::test;
namespace fs = std::filesystem;

namespace {

constexpr int kRows = 90'000;  // of some 450 bytes: more than the program keeps in memory

class FirstImport {
 public:
  FirstImport() : store_(folder_ / "s"), rules_(folder_ / "rules"), file_(folder_ / "councils.csv") {
    fs::create_directory(rules_);
    std::ofstream(rules_ + "/councils.assay") << "ruleset councils\n"
                                                 "  title    \"Councils\"\n"
                                                 "  owner    \"example\"\n"
                                                 "  edition  \"1\"\n"
                                                 "  in force from 2024-04-01\n"
                                                 "kind council \"Council\" plural councils\n";
    std::ofstream out(file_);
    out << "subject,field,value,valid_from,document,place\n";
    for (int i = 0; i < kRows; ++i)
      out << fmt::format("council:E{0},council.register,Council {0},2020-04-01,r,{0:0350}\n", i);
    out.close();
    REQUIRE(end_of(start({"assay", "init", store_})) == 0);
    fs::copy_file(store_, folder_ / "base");
  }
  void begin_anew() {
    for (const char* ending : {"", "-wal", "-shm", "-journal"}) fs::remove(store_ + ending);
    fs::copy_file(folder_ / "base", store_);
  }
  Words words() const { return {"assay", "import", store_, file_, "--rules", rules_, "--by", "example"}; }
  const std::string& path() const { return store_; }
  std::string folder() const { return folder_ / ""; }

 private:
  TemporaryFolder folder_;
  std::string store_, rules_, file_;
};

bool is_done(const std::string& path) {
  const VerifyReport now = verified(path);
  const bool done = now.entries == 2;
  CHECK((done || now.entries == 1));
  CHECK(now.rows == (done ? kRows : 0));
  return done;
}

struct Ends {
  int killed = 0, finished = 0, to_undo = 0;
};

Ends kill_at_random(int kills, std::uint32_t seed) {
  std::mt19937 random(seed);
  FirstImport first;
  const auto begun = std::chrono::steady_clock::now();
  REQUIRE(end_of(start(first.words())) == 0);
  const std::chrono::duration<double, std::micro> takes = std::chrono::steady_clock::now() - begun;
  std::uniform_real_distribution<double> moment(0.2, 1.05);
  Ends ends;
  for (int kill = 0; kill < kills; ++kill) {
    INFO(fmt::format("kill {}", kill));
    first.begin_anew();
    const pid_t process = start(first.words());
    ::usleep(static_cast<useconds_t>(moment(random) * takes.count()));
    ::kill(process, SIGKILL);
    const int exit = end_of(process);
    (exit == 0 ? ends.finished : ends.killed)++;
    if (fs::exists(first.path() + "-journal")) ++ends.to_undo;
    const bool done = is_done(first.path());
    if (exit == 0) CHECK(done);
    if (!done && kill % 4 == 0) {
      CHECK(end_of(start(first.words())) == 0);
      CHECK(is_done(first.path()));
    }
  }
  return ends;
}

}  // namespace

TEST_CASE("a large first import killed at 12 random moments") {
  const Ends ends = kill_at_random(12, 20250601);
  CHECK(ends.killed > 4);
  CHECK(ends.to_undo > 0);
}

// By `tests/fault/soak` alone.
TEST_CASE("soak first: a large first import killed at random moments", "[.soak]") {
  const auto seed = static_cast<std::uint32_t>(asked("ASSAY_SOAK_SEED", 20250601));
  const Ends ends = kill_at_random(static_cast<int>(asked("ASSAY_SOAK_KILLS", 200)), seed);
  fmt::print("first: {} killed at work, {} had finished, {} left something to undo; seed {}; nothing half done\n",
             ends.killed, ends.finished, ends.to_undo, seed);
}

#ifdef ASSAY_FAILING_WRITES
TEST_CASE("a write that fails in a large first import is told, and nothing is half done") {
  FirstImport first;
  const std::string count = first.folder() + "count";
  const auto failing = [&](long at, bool keep) {
    std::map<std::string, std::string> environment{{"LD_PRELOAD", ASSAY_FAILING_WRITES},
                                                   {"ASSAY_FAULT_PATH", first.path()},
                                                   {"ASSAY_FAULT_AT", std::to_string(at)},
                                                   {"ASSAY_FAULT_COUNT", count}};
    if (keep) environment["ASSAY_FAULT_KEEP"] = "1";
    return environment;
  };
  REQUIRE(end_of(start(first.words(), failing(0, false))) == 0);
  long writes = 0;
  std::ifstream(count) >> writes;
  REQUIRE(writes > 1000);
  // The first and the last ones, which are of the journal, and some between.
  std::vector<long> places{1, 2, 3, 5, 8, 13, writes / 3, writes / 2};
  for (long last = writes - 8; last <= writes; ++last) places.push_back(last);
  for (const long at : places) {
    for (const bool keep : {false, true}) {
      INFO(fmt::format("write {} of {} fails{}", at, writes, keep ? ", and all after it" : ""));
      first.begin_anew();
      const int exit = end_of(start(first.words(), failing(at, keep)));
      CHECK((exit == 0 || exit == 3));
      const bool done = is_done(first.path());
      if (exit == 0) CHECK(done);
    }
  }
}
#endif
