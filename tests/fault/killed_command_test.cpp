// The program itself killed at any moment of an import or a run: the store opens, verifies, and holds all of that file
// or run, or nothing of it.
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <random>

#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

constexpr int kCouncils = 400, kRowsOfAnImport = 12000;

constexpr const char* kRules = R"(ruleset waits
  title    "Waits"
  owner    "example"
  edition  "1"
  in force from 2024-04-01
source survey title "example: survey"
kind council "Council" plural councils
evidence wait of council : duration in days
  title     "Wait for an assessment"
  fresh for 12 months
  cite      survey
flag slow of council
  title    "Slow to assess"
  severity medium
  when     wait is more than 28 days
  says     "{council}: {wait}"
  action   "Ask what is being done"
  basis    local
  cite     survey
)";

using Words = std::vector<std::string>;

pid_t start(const Words& words) {
  Words own = words;  // execv takes what could be changed
  std::vector<char*> arguments;
  for (std::string& word : own) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, STDOUT_FILENO);
    ::execv(ASSAY_PROGRAM, arguments.data());
    ::_exit(127);
  }
  return child;
}

// The exit code, or -1 when it was killed.
int end_of(pid_t process) {
  int status = 0;
  REQUIRE(::waitpid(process, &status, 0) == process);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::chrono::microseconds time_of(const Words& words) {
  const auto begun = std::chrono::steady_clock::now();
  REQUIRE(end_of(start(words)) == 0);
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun);
}

VerifyReport verified(const std::string& path) {
  auto store = Store::open(path, Access::Read);
  if (!store) FAIL(to_string(store.error()));
  auto report = store->verify();
  if (!report) FAIL(to_string(report.error()));
  return *report;
}

// A store of councils, and the acts that are done to it: imports of a file that is new each time, and runs.
struct Acts {
  TemporaryFolder folder;
  std::string store = folder / "s", rules = folder / "rules";
  int files = 0;

  Acts() {
    std::filesystem::create_directory(rules);
    std::ofstream(rules + "/waits.assay") << kRules;
    const std::string register_of_councils = folder / "councils.csv";
    std::ofstream out(register_of_councils);
    out << "subject,field,value,valid_from,document\n";
    for (int i = 0; i < kCouncils; ++i)
      out << fmt::format("council:E{0},council.register,Council {0},2020-04-01,r\n", i);
    out.close();
    REQUIRE(end_of(start({"assay", "init", store})) == 0);
    REQUIRE(end_of(start(import_of(register_of_councils))) == 0);
  }

  Words import_of(const std::string& file) const {
    return {"assay", "import", store, file, "--rules", rules, "--by", "example", "--recorded-on", "2025-05-01"};
  }
  Words import() {
    const std::string file = folder / fmt::format("waits_{}.csv", files++);
    std::ofstream out(file);
    out << "subject,field,value,valid_from,document\n";
    for (int i = 0; i < kRowsOfAnImport; ++i)
      out << fmt::format("council:E{},waits.wait,{} days,{}-04-01,survey {}\n", i % kCouncils, i % 90,
                         2000 + i / kCouncils % 25, files);
    return import_of(file);
  }
  Words run() const { return {"assay", "run", store, "--rules", rules, "--as-at", "2025-06-01", "--by", "example"}; }
};

}  // namespace

TEST_CASE("assay import and assay run killed at 200 random moments") {
  constexpr int kKills = 200, kKillsPerStore = 20;
  std::mt19937 random(20250601);
  int killed = 0, finished = 0;
  for (int kill = 0; kill < kKills;) {
    Acts acts;
    // How long each takes here, so that the moments fall over the whole of it.
    const auto import_takes = time_of(acts.import()), run_takes = time_of(acts.run());
    VerifyReport before = verified(acts.store);
    for (int i = 0; i < kKillsPerStore; ++i, ++kill) {
      const bool importing = kill % 2 == 0;
      const auto takes = (importing ? import_takes : run_takes).count();
      const Words act = importing ? acts.import() : acts.run();
      std::uniform_int_distribution<std::int64_t> moment(0, takes * 11 / 10);
      const pid_t process = start(act);
      ::usleep(static_cast<useconds_t>(moment(random)));
      ::kill(process, SIGKILL);
      const int exit = end_of(process);
      CHECK((exit == -1 || exit == 0));
      (exit == 0 ? finished : killed)++;

      const VerifyReport now = verified(acts.store);
      const bool done = now.entries == before.entries + 1;
      CHECK((done || now.entries == before.entries));
      if (exit == 0) CHECK(done);
      CHECK(now.rows == before.rows + (done && importing ? kRowsOfAnImport : 0));
      CHECK(now.runs == before.runs + (done && !importing ? 1 : 0));
      before = now;
    }
    // And every outcome that is in the trail still follows.
    CHECK(end_of(start({"assay", "trail", "verify", acts.store})) == 0);
  }
  CHECK(killed > kKills / 2);
  CHECK(finished > 0);
}
