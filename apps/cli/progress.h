// How far a long reading is, on one line that is written over: for somebody at a terminal, and for nobody else.
// Internal to apps/cli.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace assay::cli {

class Progress {
 public:
  // Of a file of so many bytes.
  Progress(std::string name, std::uint64_t bytes);
  ~Progress();  // leaves the line empty
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void at(std::uint64_t bytes, std::uint64_t rows);
  // All is read; what is left is to make it durable.
  void writing();

 private:
  void show(const std::string& line);

  std::string name_;
  std::uint64_t bytes_, rows_ = 0;
  bool shown_, begun_ = false;  // shown: standard error is a terminal
  std::chrono::steady_clock::time_point last_;
};

// "rows.csv  [######--------------]  30 %  69 of 230 MB, 600,000 rows"; without the bar where the size is not known.
std::string progress_line(const std::string& name, std::uint64_t bytes, std::uint64_t of, std::uint64_t rows);

}  // namespace assay::cli
