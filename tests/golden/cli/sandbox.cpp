// The folder, the shell, and the sample store behind a lock.
#include "tests/golden/cli/sandbox.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

#include "tests/golden/cli/case_file.h"

namespace assay::golden {

namespace {

constexpr std::size_t kColumnsMax = 80;

std::size_t characters(const std::string& line) {
  return static_cast<std::size_t>(
      std::count_if(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string quoted(const fs::path& path) { return "'" + path.string() + "'"; }

Ran shell(const std::string& command) {
  Ran out;
  FILE* pipe = popen(command.c_str(), "r");
  if (!pipe) return {"the shell could not be started\n", -1, {}};
  std::array<char, 65536> buffer;
  for (std::size_t got; (got = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    out.printed.append(buffer.data(), got);
  const int status = pclose(pipe);
  out.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return out;
}

std::string environment(const Program& program) {
  return fmt::format("env -i PATH={}{}:/usr/bin:/bin LC_ALL=C.UTF-8 TZ=UTC COLUMNS=80 ASSAY_RULESETS={}",
                     quoted(program.assay.parent_path()), program.tools.empty() ? "" : ":" + quoted(program.tools),
                     quoted(program.rulesets));
}

// Newer than the program and every file below the rulesets.
bool is_fresh(const fs::path& store, const Program& program) {
  if (!fs::exists(store)) return false;
  const auto made = fs::last_write_time(store);
  if (fs::last_write_time(program.assay) > made) return false;
  for (const auto& entry : fs::recursive_directory_iterator(program.rulesets))
    if (entry.is_regular_file() && entry.last_write_time() > made) return false;
  return true;
}

tl::expected<void, std::string> make_sample(const fs::path& store, const Program& program) {
  fs::remove(store);
  const std::string start = environment(program) + " " + quoted(program.assay);
  Ran ran = shell(fmt::format("{} init {} 2>&1", start, quoted(store)));
  std::ifstream order(program.rulesets / "sample_evidence/order.txt");
  for (std::string line; ran.exit == 0 && std::getline(order, line);) {
    std::istringstream words(line);
    std::string file, layout, source, recorded_on;
    if (!(words >> file >> layout >> source >> recorded_on) || file.front() == '#') continue;
    ran = shell(fmt::format("{} import {} {} --layout {} --recorded-on {} --by sample{} 2>&1", start, quoted(store),
                            quoted(program.rulesets / "sample_evidence" / file), layout, recorded_on,
                            source == "-" ? "" : " --source " + source));
  }
  if (ran.exit == 0) return {};
  fs::remove(store);
  return tl::unexpected("the sample evidence could not be imported: " + ran.printed);
}

}  // namespace

Sandbox::Sandbox(const Program& program) : program_(program) {
  std::string pattern = (fs::temp_directory_path() / "assay_case_XXXXXX").string();
  folder_ = mkdtemp(pattern.data());
}

Sandbox::~Sandbox() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void Sandbox::write(const std::string& path, const std::string& text) {
  fs::create_directories((folder_ / path).parent_path());
  std::ofstream(folder_ / path, std::ios::binary) << text;
}

tl::expected<void, std::string> Sandbox::copy_sample(const std::string& path) {
  fs::create_directories(program_.work);
  const fs::path store = program_.work / "sample.assay";
  const int lock = open((program_.work / "lock").c_str(), O_RDWR | O_CREAT, 0644);
  if (lock < 0 || flock(lock, LOCK_EX) != 0) return tl::unexpected(std::string("no lock on the sample store"));
  tl::expected<void, std::string> made;
  if (!is_fresh(store, program_)) {
    std::error_code none;  // what somebody who looked into it has left
    for (const char* ending : {"-wal", "-shm"}) fs::remove(store.string() + ending, none);
    made = make_sample(store, program_);
  }
  if (made) fs::copy_file(store, folder_ / path);
  close(lock);
  return made;
}

Ran Sandbox::run(const std::string& command) {
  Ran ran = shell(fmt::format("cd {} && {} HOME={} sh -c {} 2>&1", quoted(folder_), environment(program_),
                              quoted(folder_), "'" + std::regex_replace(command, std::regex("'"), "'\\''") + "'"));
  put_paths_into_words(ran.printed);
  for (const std::string& line : split_lines(ran.printed)) {
    // A fault is one sentence however long, and a diagnostic shows the author's line.
    const bool told = line.starts_with("assay: ") || line.find(" | ") != std::string::npos;
    if (!told && characters(line) > kColumnsMax) ran.wide.push_back(line);
  }
  static const std::string login = split_lines(shell("id -un").printed + "\n").front();
  ran.printed = std::regex_replace(ran.printed, std::regex("by " + login + "\\b"), "by {login}");
  ran.printed =
      std::regex_replace(ran.printed, std::regex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"), "{moment}");
  // The day of the test, in words: the last of what it stands in, so that wherever its length broke the line is undone.
  static const std::regex day(",(?:\\s|│)+loaded(?:\\s|│)+[0-9]{1,2}(?:\\s|│)+[A-Z][a-z]+(?:\\s|│)+[0-9]{4}");
  ran.printed = std::regex_replace(ran.printed, day, ", loaded {day}");
  number_digests(ran.printed);
  return ran;
}

void Sandbox::put_paths_into_words(std::string& text) const {
  const auto replace_all = [&](const std::string& what, const std::string& with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
      text.replace(at, what.size(), with);
  };
  replace_all(folder_.string(), "{folder}");
  replace_all(program_.rulesets.string(), "{rulesets}");
}

void Sandbox::number_digests(std::string& text) {
  static const std::regex digest("sha256:([0-9a-f]{16,64})(…)?");
  std::string out;
  auto rest = text.cbegin();
  for (std::smatch found; std::regex_search(rest, text.cend(), found, digest);) {
    const std::string shown = found[1];  // the whole, or its beginning
    auto known = std::find_if(digests_.begin(), digests_.end(), [&](const std::string& seen) {
      return seen.starts_with(shown) || shown.starts_with(seen);
    });
    if (known == digests_.end()) known = digests_.insert(known, shown);
    if (shown.size() > known->size()) *known = shown;
    out.append(rest, found[0].first);
    out += fmt::format("{{digest {}}}{}", known - digests_.begin() + 1, found[2].str());
    rest = found[0].second;
  }
  out.append(rest, text.cend());
  text = std::move(out);
}

}  // namespace assay::golden
