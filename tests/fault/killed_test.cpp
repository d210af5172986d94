// A recording process killed at any moment, or out of room, leaves a store that opens, verifies, and holds each act
// whole or not at all; an act that was acknowledged is there.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <random>

#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

struct Recorder {
  pid_t process = 0;
  int output = -1;
};

Recorder start(const std::string& path, const char* limit = nullptr) {
  int ends[2] = {};
  REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::execl(ASSAY_FAULT_RECORDER, "recorder", path.c_str(), limit, static_cast<char*>(nullptr));
    ::_exit(127);
  }
  ::close(ends[1]);
  return {child, ends[0]};
}

// Waits for the end; how many acts were acknowledged, the opening among them.
int end_of(Recorder& recorder, int& status) {
  REQUIRE(::waitpid(recorder.process, &status, 0) == recorder.process);
  int acknowledged = 0;
  char buffer[256];
  for (ssize_t read = 0; (read = ::read(recorder.output, buffer, sizeof buffer)) > 0;)
    acknowledged += static_cast<int>(read);
  ::close(recorder.output);
  return acknowledged;
}

std::int64_t entries_of(const std::string& path) {
  auto store = Store::open(path, Access::Read);
  if (!store) FAIL(to_string(store.error()));
  const auto report = store->verify();
  if (!report) FAIL(to_string(report.error()));
  return report->entries;
}

// Until the store is made and a few acts are acknowledged, on this machine as it is now.
std::int64_t microseconds_to_work() {
  const TemporaryFolder folder;
  const auto begun = std::chrono::steady_clock::now();
  Recorder recorder = start(folder / "s");
  char done = 0;
  for (int acts = 0; acts < 4; ++acts) REQUIRE(::read(recorder.output, &done, 1) == 1);
  const auto taken = std::chrono::steady_clock::now() - begun;
  ::kill(recorder.process, SIGKILL);
  int status = 0;
  end_of(recorder, status);
  return std::chrono::duration_cast<std::chrono::microseconds>(taken).count();
}

}  // namespace

TEST_CASE("killed at 200 random moments") {
  constexpr int kKills = 200, kKillsPerStore = 25;
  std::mt19937 random(20250601);
  std::uniform_int_distribution<std::int64_t> moment(500, 3 * microseconds_to_work());
  int acts = 0, kills_at_work = 0;
  for (int kill = 0; kill < kKills;) {
    const TemporaryFolder folder;
    const std::string path = folder / "s";
    std::int64_t entries = 0;  // before
    for (int i = 0; i < kKillsPerStore; ++i, ++kill) {
      Recorder recorder = start(path);
      ::usleep(static_cast<useconds_t>(moment(random)));
      REQUIRE(::kill(recorder.process, SIGKILL) == 0);
      int status = 0;
      const int acknowledged = end_of(recorder, status);
      REQUIRE(WIFSIGNALED(status));
      if (!std::filesystem::exists(path)) {
        CHECK(acknowledged == 0);
        continue;
      }
      const std::int64_t now = entries_of(path);
      // Opening is acknowledged too; making the store is an act, and its entry is the first.
      const std::int64_t promised = acknowledged == 0 ? entries : std::max<std::int64_t>(entries, 1) + acknowledged - 1;
      CHECK(now >= promised);
      CHECK(now <= promised + 1);
      acts += static_cast<int>(now - entries);
      kills_at_work += acknowledged > 0 ? 1 : 0;
      entries = now;
    }
  }
  // The moments did fall where they were meant to.
  CHECK(kills_at_work > kKills / 4);
  CHECK(acts > kKills / 4);
}

TEST_CASE("a full disk is said, and what was recorded before stands") {
  for (const char* limit : {"20000", "300000", "700000", "1500000"}) {
    INFO(limit);
    const TemporaryFolder folder;
    Recorder recorder = start(folder / "s", limit);
    int status = 0;
    const int acknowledged = end_of(recorder, status);
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 7);
    if (acknowledged == 0) {
      CHECK_FALSE(std::filesystem::exists(folder / "s"));
    } else {
      CHECK(entries_of(folder / "s") == acknowledged);
    }
  }
}
