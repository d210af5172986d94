// Two programs writing and eight reading at once: no entry is lost, and the only failure is a clear "busy", after which
// the same act is tried again.
#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "tests/fault/asked.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

constexpr int kWriters = 2, kReaders = 8;

struct Member {
  pid_t process = 0;
  int output = -1;
  std::int64_t done = 0;  // bytes read so far: acts acknowledged, or looks taken
};

Member join(const std::string& path, const std::string& part) {
  int ends[2] = {};
  REQUIRE(::pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::fcntl(STDOUT_FILENO, F_SETFL, 0);
    ::execl(ASSAY_FAULT_CROWD, "crowd", path.c_str(), part.c_str(), static_cast<char*>(nullptr));
    ::_exit(127);
  }
  ::close(ends[1]);
  return {child, ends[0]};
}

void count(Member& member) {
  char buffer[4096];
  for (ssize_t read = 0; (read = ::read(member.output, buffer, sizeof buffer)) > 0;) member.done += read;
}

// Until `enough` says so.
template <class Enough>
std::vector<Member> crowd(Enough enough) {
  const TemporaryFolder folder;
  make_sample_store(folder / "s");
  std::int64_t before = 0;
  {
    Store store = std::move(*Store::open(folder / "s", Access::Read));
    before = store.verify()->entries;
  }
  std::vector<Member> members;
  for (int i = 0; i < kWriters; ++i) members.push_back(join(folder / "s", fmt::format("writer{}", i)));
  for (int i = 0; i < kReaders; ++i) members.push_back(join(folder / "s", "reader"));
  const auto all_did = [&](std::int64_t least) {
    for (const Member& member : members)
      if (member.done < least) return false;
    return true;
  };
  while (!all_did(2) || !enough(members)) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    for (Member& member : members) {
      count(member);
      REQUIRE(::waitpid(member.process, nullptr, WNOHANG) == 0);  // none has given up
    }
  }
  for (const Member& member : members) ::kill(member.process, SIGTERM);
  std::int64_t acknowledged = 0;
  for (std::size_t i = 0; i < members.size(); ++i) {
    int status = 0;
    REQUIRE(::waitpid(members[i].process, &status, 0) == members[i].process);
    CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
    count(members[i]);
    ::close(members[i].output);
    if (i < kWriters) acknowledged += members[i].done;
  }
  Store store = std::move(*Store::open(folder / "s", Access::Read));
  const auto report = store.verify();
  if (!report) FAIL(to_string(report.error()));
  CHECK(report->entries == before + acknowledged);
  return members;
}

}  // namespace

TEST_CASE("two writing and eight reading lose nothing") {
  crowd([](const std::vector<Member>& members) { return members[0].done + members[1].done >= 60; });
}

// By `tests/fault/soak` alone.
TEST_CASE("soak crowd: two writing and eight reading lose nothing", "[.soak]") {
  const std::int64_t seconds = asked("ASSAY_SOAK_SECONDS", 600);
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  const auto members = crowd([until](const auto&) { return std::chrono::steady_clock::now() >= until; });
  std::int64_t acts = 0, looks = 0;
  for (std::size_t i = 0; i < members.size(); ++i) (i < kWriters ? acts : looks) += members[i].done;
  fmt::print("crowd: {} acts by two and {} looks by eight in {} seconds; every act is in the trail\n", acts, looks,
             seconds);
}
