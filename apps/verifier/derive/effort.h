// How far a derivation goes. Whoever has a key can sign rules and rows made to take years, or all of the memory: what
// is asked for is counted, and past a limit the derivation ends and says so. It is never taken for an answer.
#pragma once

#include <cstdint>

namespace assay::verifier {

// Thrown where a limit is passed, and caught in Derivation::verdict.
enum class TooMuch { Steps, Levels };

// A step is about what looking at one row takes, some ten nanoseconds; what is kept in memory is charged as many as
// keep the whole within some two hundred megabytes.
class Effort {
 public:
  static constexpr std::uint64_t kStepsMax = 200'000'000;
  static constexpr int kLevelsMax = 1000;  // of questions inside one another; each takes a few kilobytes of the stack

  void spend(std::uint64_t steps) {
    if (steps > left_) throw TooMuch::Steps;
    left_ -= steps;
  }
  void restart() {
    left_ = kStepsMax;
    levels_ = 0;
  }

  // One question inside another, for as long as it stands.
  class Level {
   public:
    explicit Level(Effort& effort) : effort_(effort) {
      if (effort_.levels_ == kLevelsMax) throw TooMuch::Levels;
      ++effort_.levels_;
    }
    ~Level() { --effort_.levels_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    Effort& effort_;
  };

 private:
  std::uint64_t left_ = kStepsMax;
  int levels_ = 0;
};

// What keeping one of them is charged.
inline constexpr std::uint64_t kStepsAnAnswer = 1000, kStepsAMember = 1000, kStepsADatedRow = 100, kStepsAReason = 25;

}  // namespace assay::verifier
