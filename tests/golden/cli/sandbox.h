// A folder of its own for a case, in which its commands run; and what they print with what differs from one machine or
// moment to the next put into words: {folder}, {rulesets}, {login}, {moment}, {digest 1}.
#pragma once

#include <filesystem>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace assay::golden {

namespace fs = std::filesystem;

struct Program {
  fs::path assay;     // the program that is tried
  fs::path rulesets;  // the source tree's
  fs::path work;      // for the store with the sample evidence, kept from case to case
  fs::path tools{};   // a folder of programs that cases use and nobody else
};

struct Ran {
  std::string printed;  // both streams, as they came
  int exit = 0;
  std::vector<std::string> wide;  // lines of more than 80 columns
};

class Sandbox {
 public:
  explicit Sandbox(const Program& program);
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;
  ~Sandbox();  // removes the folder

  void write(const std::string& path, const std::string& text);
  // The sample evidence is imported by the first case that asks, and again after the program or a ruleset changed.
  tl::expected<void, std::string> copy_sample(const std::string& path);
  // By the shell, with `assay` on the path; the time zone and the language are the machine-independent ones.
  Ran run(const std::string& command);

 private:
  void put_paths_into_words(std::string& text) const;
  // A digest takes in moments and salts, so only which are the same is told: each has its number in the case.
  void number_digests(std::string& text);

  const Program& program_;
  fs::path folder_;
  std::vector<std::string> digests_;
};

}  // namespace assay::golden
