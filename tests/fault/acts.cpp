// One store with notes enough that each redaction finds one that is still there.
#include "tests/fault/acts.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "evidence/trail/checkpoint.h"
#include "evidence/trail/merkle.h"

namespace assay::test {
namespace {

constexpr int kNotes = 400;

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

}  // namespace

const char* name_of(Act act) {
  switch (act) {
    case Act::Import:
      return "import";
    case Act::Run:
      return "run";
    case Act::Append:
      return "append";
    case Act::Redact:
      return "redact";
    case Act::Checkpoint:
      return "checkpoint";
  }
  return "";
}

ActStore::ActStore(ActSizes sizes) : sizes_(sizes), store_(folder_ / "s"), rules_(folder_ / "rules") {
  std::filesystem::create_directory(rules_);
  std::ofstream(rules_ + "/waits.assay") << kRules;
  const std::string first = folder_ / "councils.csv";
  std::ofstream out(first);
  out << "subject,field,value,valid_from,document,note\n";
  for (int i = 0; i < kNotes; ++i)
    out << fmt::format("council:E{0},council.register,Council {0},2020-04-01,r,note of council {0:04}\n",
                       i);  // none is part of another
  for (int i = kNotes; i < sizes_.councils; ++i)
    out << fmt::format("council:E{0},council.register,Council {0},2020-04-01,r,\n", i);
  out.close();
  REQUIRE(end_of(start({"assay", "init", store_})) == 0);
  REQUIRE(end_of(start({"assay", "trail", "key", store_, "--name", "york.example/assay", "--by", "example"})) == 0);
  REQUIRE(end_of(start(import_of(first))) == 0);
}

Words ActStore::import_of(const std::string& file) const {
  return {"assay", "import", store_, file, "--rules", rules_, "--by", "example", "--recorded-on", "2025-05-01"};
}

Words ActStore::words(Act act) {
  switch (act) {
    case Act::Import: {
      const std::string file = folder_ / fmt::format("waits_{}.csv", files_++);
      std::ofstream out(file);
      out << "subject,field,value,valid_from,document,note\n";
      for (int i = 0; i < sizes_.rows; ++i)
        out << fmt::format("council:E{},waits.wait,{} days,{}-04-01,survey {},\n", i % sizes_.councils, i % 90,
                           2000 + i / sizes_.councils % 25, files_);
      return import_of(file);
    }
    case Act::Run:
      return {"assay", "run", store_, "--rules", rules_, "--as-at", "2025-06-01", "--by", "example"};
    case Act::Append:
      return {"assay",      "record",  store_, "council:E1", "waits.wait", "31 days",       "--from",
              "2025-05-01", "--rules", rules_, "--by",       "example",    "--recorded-on", "2025-05-02"};
    case Act::Redact:
      return {"assay", "trail",   "redact",    store_,    "--row",         std::to_string(1 + redacted_++ % kNotes),
              "--by",  "example", "--because", "example", "--recorded-on", "2025-06-01"};
    case Act::Checkpoint:
      return {"assay", "trail", "checkpoint", store_};
  }
  return {};
}

void ActStore::copy_to(const std::string& path) const {
  for (const char* ending : {"", ".checkpoint"})
    std::filesystem::copy_file(store_ + ending, path + ending, std::filesystem::copy_options::overwrite_existing);
}

void ActStore::restore_from(const std::string& path) const {
  for (const char* ending : {"-wal", "-shm"}) std::filesystem::remove(store_ + ending);
  for (const char* ending : {"", ".checkpoint"})
    std::filesystem::copy_file(path + ending, store_ + ending, std::filesystem::copy_options::overwrite_existing);
}

pid_t start(const Words& words, const std::map<std::string, std::string>& environment) {
  Words own = words;  // execv takes what could be changed
  std::vector<char*> arguments;
  for (std::string& word : own) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(nowhere, STDOUT_FILENO);
    if (!environment.empty()) ::dup2(nowhere, STDERR_FILENO);
    for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
    ::execv(ASSAY_PROGRAM, arguments.data());
    ::_exit(127);
  }
  return child;
}

int end_of(pid_t process) {
  int status = 0;
  REQUIRE(::waitpid(process, &status, 0) == process);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

VerifyReport verified(const std::string& path) {
  auto store = Store::open(path, Access::Read);
  if (!store) FAIL(to_string(store.error()));
  auto report = store->verify();
  if (!report) FAIL(to_string(report.error()));
  return *report;
}

std::int64_t entries_signed(const std::string& path) {
  std::ifstream in(path + ".checkpoint", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  INFO(text);
  const auto note = read_checkpoint(text);
  REQUIRE(note.has_value());
  auto store = Store::open(path, Access::Read);
  REQUIRE(store.has_value());
  const auto keys = store->keys();
  REQUIRE((keys && !keys->empty()));
  CHECK(signed_by(*note, *read_public_key(keys->back().key)).has_value());
  std::vector<Digest> leaves;
  const auto log = store->log_entries();
  REQUIRE(log.has_value());
  for (const LogEntry& entry : *log) leaves.push_back(entry.leaf);
  const auto size = static_cast<std::size_t>(note->checkpoint.size);
  REQUIRE(size <= leaves.size());
  CHECK(merkle_root(std::span(leaves).first(size)) == note->checkpoint.root);
  return static_cast<std::int64_t>(size);
}

}  // namespace assay::test
