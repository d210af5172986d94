// Writes the invented data of tests/bench/run peers: the same cells as a binary file for the column engine, as CSV for
// the other programs, and as tidy rows for the stores. Every cell is a hash of its place, so any side can be made
// again.
//   bench_generate wide  SUBJECTS GROUPS FOLDER     cqc, cqc_complete, oversight (and _many), links: .bin and .csv
//   bench_generate rows  SUBJECTS VERSIONS FOLDER   rows.csv, tidy
//   bench_generate known SUBJECTS GROUPS FOLDER     oversight.csv as tidy rows: known.csv
#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

constexpr std::uint64_t kMissingPercent = 7;
constexpr int kScores = 9;
constexpr int kMetrics = 5;
constexpr std::uint64_t kLinksPer10Subjects = 11;
constexpr std::uint64_t kSubjectsPerSystem = 20;
constexpr std::uint64_t kTrustsPerKind = 200;  // of oversight_many
constexpr std::array<std::string_view, kScores> kScoreNames = {"needs",          "healthier_lives", "equity",
                                                               "care_provision", "partnerships",    "safe_systems",
                                                               "safeguarding",   "governance",      "learning"};

// splitmix64 of Sebastiano Vigna, public domain: every bit of the place changes every bit of the hash.
std::uint64_t hash(std::uint64_t subject, std::uint64_t column, std::uint64_t version) {
  std::uint64_t z = subject * 0x9E3779B97F4A7C15U + column * 0xD1B54A32D192ED03U + version * 0x8CB92BA72F3D8DD7U;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

bool missing(std::uint64_t subject, std::uint64_t column) { return hash(subject, column, 99) % 100 < kMissingPercent; }
std::uint64_t score(std::uint64_t subject, std::uint64_t column, std::uint64_t version = 0) {
  return 1 + (hash(subject, column, version) >> 8U) % 4;
}

// Columns 20 to 26 are of the oversight method: metrics of 1 to 9,999 (hundredths of a percent), deficit, kind of
// trust.
std::uint64_t metric(std::uint64_t subject, std::uint64_t at) { return 1 + (hash(subject, 20 + at, 0) >> 8U) % 9999; }
bool deficit(std::uint64_t subject) { return hash(subject, 25, 0) % 5 == 0; }
std::uint64_t kind_of_trust(std::uint64_t subject, std::uint64_t groups) {
  return (hash(subject, 26, 0) >> 8U) % groups;
}

class File {
 public:
  explicit File(const std::string& path) : file_(std::fopen(path.c_str(), "wb")) {
    if (file_ == nullptr) {
      std::perror(path.c_str());
      std::_Exit(3);
    }
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    flush();
    if (std::fclose(file_) != 0) std::perror("close");
  }
  template <class... Arguments>
  void print(fmt::format_string<Arguments...> form, Arguments&&... arguments) {
    fmt::format_to(std::back_inserter(text_), form, std::forward<Arguments>(arguments)...);
    if (text_.size() > 1U << 20U) flush();
  }
  // Little-endian, `bytes` of them.
  void put(std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) text_.push_back(static_cast<char>((value >> (8 * i)) & 0xFFU));
    if (text_.size() > 1U << 20U) flush();
  }

 private:
  void flush() {
    if (std::fwrite(text_.data(), 1, text_.size(), file_) != text_.size()) {
      std::perror("write");
      std::_Exit(3);
    }
    text_.clear();
  }
  std::FILE* file_;
  std::string text_;
};

void write_scores(std::uint64_t subjects, const std::string& path, bool complete) {
  File cells(path + ".bin");
  for (std::uint64_t j = 0; j < kScores; ++j) {
    for (std::uint64_t i = 1; i <= subjects; ++i) cells.put(!complete && missing(i, j) ? 0 : score(i, j), 1);
  }
  File csv(path + ".csv");
  csv.print("subject");
  for (const std::string_view name : kScoreNames) csv.print(",{}", name);
  for (std::uint64_t i = 1; i <= subjects; ++i) {
    csv.print("\n{}", i);
    for (std::uint64_t j = 0; j < kScores; ++j) {
      if (!complete && missing(i, j)) {
        csv.print(",");
      } else {
        csv.print(",{}", score(i, j));
      }
    }
  }
  csv.print("\n");
}

void write_oversight(std::uint64_t subjects, std::uint64_t groups, const std::string& path) {
  File cells(path + ".bin");
  for (std::uint64_t i = 1; i <= subjects; ++i) cells.put(kind_of_trust(i, groups), 4);
  for (std::uint64_t j = 0; j < kMetrics; ++j) {
    for (std::uint64_t i = 1; i <= subjects; ++i) cells.put(missing(i, 20 + j) ? 0 : metric(i, j), 2);
  }
  for (std::uint64_t i = 1; i <= subjects; ++i) cells.put(missing(i, 25) ? 2 : (deficit(i) ? 1 : 0), 1);
  File csv(path + ".csv");
  csv.print("subject,kind,m1,m2,m3,m4,m5,deficit\n");
  for (std::uint64_t i = 1; i <= subjects; ++i) {
    csv.print("{},{}", i, kind_of_trust(i, groups));
    for (std::uint64_t j = 0; j < kMetrics; ++j) {
      if (missing(i, 20 + j)) {
        csv.print(",");
      } else {
        csv.print(",{}", metric(i, j));
      }
    }
    csv.print("{}\n", missing(i, 25) ? "," : (deficit(i) ? ",1" : ",0"));
  }
}

// Eleven links for ten subjects: each to a system of its own, every tenth to a second one.
void write_links(std::uint64_t subjects, const std::string& path) {
  const std::uint64_t systems = subjects / kSubjectsPerSystem + 1;
  File cells(path + ".bin");
  File csv(path + ".csv");
  csv.print("system,subject\n");
  for (std::uint64_t k = 0; k < subjects * kLinksPer10Subjects / 10; ++k) {
    const std::uint64_t subject = k < subjects ? k + 1 : (k - subjects) * 10 + 1;
    // The second is never the first: two links between the same two would be one.
    const std::uint64_t first = (hash(subject, 40, 0) >> 8U) % systems;
    const std::uint64_t system = k < subjects ? first : (first + 1 + (hash(k, 41, 0) >> 8U) % (systems - 1)) % systems;
    cells.put(system, 4);
    cells.put(subject, 4);
    csv.print("{},{}\n", system, subject);
  }
}

// Days are counted from 1970 (Howard Hinnant, "chrono-compatible low-level date algorithms").
std::string date_of(std::uint64_t days) {
  const std::uint64_t z = days + 719468;
  const std::uint64_t era = z / 146097;
  const std::uint64_t doe = z - era * 146097;
  const std::uint64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const std::uint64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const std::uint64_t mp = (5 * doy + 2) / 153;
  const std::uint64_t month = mp < 10 ? mp + 3 : mp - 9;
  return fmt::format("{:04}-{:02}-{:02}", yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1);
}

constexpr std::uint64_t kFirstDay = 18353;  // 2020-04-01

struct Times {
  std::uint64_t valid_from, recorded_on;
};

// A version a year; one in eight corrects the version before it (the same day, recorded later). With four, the last is
// partly after the day asked about and partly recorded after it.
Times times_of(std::uint64_t subject, std::uint64_t column, std::uint64_t version) {
  const auto begin = [&](std::uint64_t of) { return kFirstDay + of * 365 + hash(subject, column + 60, of) % 300; };
  const std::uint64_t delay = hash(subject, column + 80, version) % 180;
  const bool corrects = version > 0 && hash(subject, column + 100, version) % 8 == 0;
  const std::uint64_t valid_from = begin(corrects ? version - 1 : version);
  return {valid_from, (corrects ? valid_from + 180 : valid_from) + delay + 1};
}

void write_rows(std::uint64_t subjects, std::uint64_t versions, const std::string& path) {
  File csv(path);
  std::vector<std::string> dates;
  for (std::uint64_t day = 0; day < 3000; ++day) dates.push_back(date_of(kFirstDay + day));
  csv.print("subject,field,value,valid_from,source,document,place,recorded_on\n");
  for (std::uint64_t i = 1; i <= subjects; ++i) {
    csv.print(
        "council:X{:08},council.register,Example council {},2019-04-01,register,example register,row {},"
        "2019-04-01\n",
        i, i, i);
  }
  for (std::uint64_t version = 0; version < versions; ++version) {
    for (std::uint64_t i = 1; i <= subjects; ++i) {
      for (std::uint64_t j = 0; j < kScores; ++j) {
        if (missing(i, j)) continue;
        const Times times = times_of(i, j, version);
        csv.print("council:X{:08},example.cqc.{},{},{},cqc_report,example assessments,row {},{}\n", i, kScoreNames[j],
                  score(i, j, version), dates[times.valid_from - kFirstDay], i, dates[times.recorded_on - kFirstDay]);
      }
    }
  }
}

void write_known(std::uint64_t subjects, std::uint64_t groups, const std::string& path) {
  File csv(path);
  csv.print("subject,field,value,valid_from,source,document,place,recorded_on\n");
  const std::string_view rest = "2020-04-01,example_file,example metrics,row";
  for (std::uint64_t i = 1; i <= subjects; ++i) {
    csv.print("trust:X{:08},trust.register,Example trust {},{} {},2020-05-01\n", i, i, rest, i);
    csv.print("trust:X{:08},example.oversight.kind_of_trust,kind {},{} {},2020-05-01\n", i, kind_of_trust(i, groups),
              rest, i);
    for (std::uint64_t j = 0; j < kMetrics; ++j) {
      if (missing(i, 20 + j)) continue;
      csv.print("trust:X{:08},example.oversight.m{},{}.{:02}%,{} {},2020-05-01\n", i, j + 1, metric(i, j) / 100,
                metric(i, j) % 100, rest, i);
    }
    if (missing(i, 25)) continue;
    csv.print("trust:X{:08},example.oversight.in_deficit,{},{} {},2020-05-01\n", i, deficit(i) ? "yes" : "no", rest, i);
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 5) {
    fmt::print(stderr, "bench_generate: wide, rows or known; subjects; groups or versions; a folder\n");
    return 2;
  }
  const std::string_view what = arguments[1];
  const std::uint64_t subjects = std::strtoull(arguments[2], nullptr, 10);
  const std::uint64_t parts = std::strtoull(arguments[3], nullptr, 10);
  const std::string folder = std::string(arguments[4]) + "/";
  if (what == "wide") {
    write_scores(subjects, folder + "cqc", false);
    write_scores(subjects, folder + "cqc_complete", true);
    write_oversight(subjects, parts, folder + "oversight");
    write_oversight(subjects, parts + subjects / kTrustsPerKind, folder + "oversight_many");
    write_links(subjects, folder + "links");
  } else if (what == "rows") {
    write_rows(subjects, parts, folder + "rows.csv");
  } else {
    write_known(subjects, parts, folder + "known.csv");
  }
  return 0;
}
