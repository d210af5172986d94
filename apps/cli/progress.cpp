// Ten times a second at most, and never for what is done in a moment.
#include "apps/cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "evidence/core/decimal.h"

namespace assay::cli {
namespace {

constexpr auto kPause = std::chrono::milliseconds(100);
constexpr auto kPatience = std::chrono::milliseconds(500);  // before the first line
constexpr std::uint64_t kMega = 1'000'000;

std::string grouped(std::uint64_t count) {
  return Decimal::from_int(static_cast<std::int64_t>(count)).to_grouped_string();
}

}  // namespace

std::string progress_line(const std::string& name, std::uint64_t bytes, std::uint64_t of, std::uint64_t rows) {
  constexpr std::uint64_t kBar = 20;
  if (of == 0) return fmt::format("{}  {} rows", name, grouped(rows));
  const std::uint64_t done = std::min(bytes, of);
  const auto filled = static_cast<std::size_t>(done * kBar / of);
  return fmt::format("{}  [{}{}]  {} %  {} of {} MB, {} rows", name, std::string(filled, '#'),
                     std::string(kBar - filled, '-'), done * 100 / of, grouped(done / kMega), grouped(of / kMega),
                     grouped(rows));
}

Progress::Progress(std::string name, std::uint64_t bytes)
    : name_(std::move(name)),
      bytes_(bytes),
      shown_(::isatty(STDERR_FILENO) == 1),
      last_(std::chrono::steady_clock::now() + kPatience - kPause) {}

Progress::~Progress() {
  if (begun_) fmt::print(stderr, "\r\x1b[K");
}

void Progress::show(const std::string& line) {
  begun_ = true;
  fmt::print(stderr, "\r{}\x1b[K", line);
  std::fflush(stderr);
}

void Progress::at(std::uint64_t bytes, std::uint64_t rows) {
  rows_ = rows;
  if (!shown_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_ < kPause) return;
  last_ = now;
  show(progress_line(name_, bytes, bytes == 0 ? 0 : bytes_, rows));
}

void Progress::writing() {
  if (begun_) show(fmt::format("{}  {} rows read; making them durable", name_, grouped(rows_)));
}

}  // namespace assay::cli
