// The program itself killed at any moment of an import, a run, an append, a redaction or a checkpoint: the store
// opens, verifies, and holds all of that act, or nothing of it; the checkpoint beside it is whole and of this trail.
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <random>

#include "tests/fault/acts.h"
#include "tests/fault/asked.h"

using namespace assay;
using namespace assay::test;

namespace {

constexpr int kKillsPerStore = 20;

std::int64_t microseconds_of(const Words& words) {
  const auto begun = std::chrono::steady_clock::now();
  REQUIRE(end_of(start(words)) == 0);
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun).count();
}

struct Ends {
  int killed = 0, finished = 0;
};

// Each act in turn, killed at a moment that falls anywhere within the time it takes here.
void kill_on_one_store(std::mt19937& random, int first, int kills, Ends& ends) {
  ActStore store;
  std::map<Act, std::int64_t> takes;
  for (const Act act : kActs) takes[act] = microseconds_of(store.words(act));
  VerifyReport before = verified(store.path());
  std::int64_t signed_before = entries_signed(store.path());
  for (int kill = first; kill < first + kills; ++kill) {
    const Act act = kActs[static_cast<std::size_t>(kill) % std::size(kActs)];
    INFO(fmt::format("kill {}, of {}", kill, name_of(act)));
    std::uniform_int_distribution<std::int64_t> moment(0, takes[act] * 11 / 10);
    const pid_t process = start(store.words(act));
    ::usleep(static_cast<useconds_t>(moment(random)));
    ::kill(process, SIGKILL);
    const int exit = end_of(process);
    CHECK((exit == -1 || exit == 0));
    (exit == 0 ? ends.finished : ends.killed)++;

    const VerifyReport now = verified(store.path());
    const bool done = now.entries == before.entries + store.entries_of(act);
    CHECK((done || now.entries == before.entries));
    if (exit == 0) CHECK(done);
    CHECK(now.rows == before.rows + (done ? store.rows_of(act) : 0));
    CHECK(now.runs == before.runs + (done ? store.runs_of(act) : 0));
    CHECK(now.redactions == before.redactions + (done && act == Act::Redact ? 1 : 0));
    const std::int64_t signed_now = entries_signed(store.path());
    CHECK(signed_now >= signed_before);
    if (exit == 0 && act == Act::Checkpoint) CHECK(signed_now == now.entries);
    signed_before = signed_now;
    before = now;
  }
  // And every outcome that is in the trail still follows.
  CHECK(end_of(start({"assay", "trail", "verify", store.path()})) == 0);
}

Ends kill_at_random(int kills, std::uint32_t seed) {
  std::mt19937 random(seed);
  Ends ends;
  for (int kill = 0; kill < kills; kill += kKillsPerStore)
    kill_on_one_store(random, kill, std::min(kKillsPerStore, kills - kill), ends);
  CHECK(ends.killed > kills / 2);
  CHECK(ends.finished > 0);
  return ends;
}

}  // namespace

TEST_CASE("import, run, append, redact and checkpoint killed at 100 random moments") { kill_at_random(100, 20250601); }

// By `tests/fault/soak` alone.
TEST_CASE("soak kills: import, run, append, redact and checkpoint killed at random moments", "[.soak]") {
  const auto seed = static_cast<std::uint32_t>(asked("ASSAY_SOAK_SEED", 20250601));
  const Ends ends = kill_at_random(static_cast<int>(asked("ASSAY_SOAK_KILLS", 1000)), seed);
  fmt::print("kills: {} killed at work, {} had finished; seed {}; nothing acknowledged is lost, nothing half done\n",
             ends.killed, ends.finished, seed);
}
