// Reading and printing of cases, line by line.
#include "tests/golden/cli/case_file.h"

#include <fmt/format.h>

#include <cstdlib>

namespace assay::golden {

namespace {

bool starts_with(const std::string& text, std::string_view start) { return text.compare(0, start.size(), start) == 0; }

bool begins_step(const std::string& line) { return starts_with(line, "--- ") || starts_with(line, "$ "); }

void drop_empty_end(std::vector<std::string>& lines) {
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
}

// The remarks that stand right above a step are not what the step before it holds.
std::vector<std::string> take_remarks(std::vector<std::string>& lines) {
  std::vector<std::string> remarks;
  while (!lines.empty() && starts_with(lines.back(), "# ")) {
    remarks.insert(remarks.begin(), lines.back());
    lines.pop_back();
  }
  drop_empty_end(lines);
  return remarks;
}

// Sets what stands below the line that began the step.
std::string fill(Step& step, std::vector<std::string> lines) {
  if (auto* file = std::get_if<FileStep>(&step.body)) {
    file->text = join_lines(lines);
  } else if (auto* command = std::get_if<CommandStep>(&step.body)) {
    if (!lines.empty() && starts_with(lines.back(), "[exit ")) {
      command->exit = std::atoi(lines.back().c_str() + 6);
      lines.pop_back();
    }
    drop_empty_end(lines);
    command->expected = join_lines(lines);
  } else if (!lines.empty()) {
    return fmt::format("line {}: nothing stands below a sample store", step.line);
  }
  return {};
}

// One of the two counts of `<<TEXT * N>>` and `<<byte HH>>`.
bool put_in(const std::string& what, std::string& out) {
  if (starts_with(what, "byte ")) {
    out += static_cast<char>(std::strtol(what.c_str() + 5, nullptr, 16));
    return true;
  }
  const std::size_t star = what.rfind(" * ");
  if (star == std::string::npos) return false;
  const long times = std::strtol(what.c_str() + star + 3, nullptr, 10);
  for (long i = 0; i < times; ++i) out.append(what, 0, star);
  return times > 0;
}

}  // namespace

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

std::string join_lines(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

tl::expected<Case, std::string> parse_case(const std::string& name, const std::string& text) {
  Case out;
  out.name = name;
  std::vector<std::string> below;
  const auto lines = split_lines(text);
  for (std::size_t i = 0; i <= lines.size(); ++i) {
    const bool ends = i == lines.size();
    if (!ends && !begins_step(lines[i])) {
      below.push_back(lines[i]);
      continue;
    }
    std::vector<std::string> remarks;
    if (out.steps.empty()) {
      drop_empty_end(below);
      if (out.shows.empty()) out.shows = below;
    } else {
      if (!ends) remarks = take_remarks(below);
      drop_empty_end(below);
      if (const std::string fault = fill(out.steps.back(), below); !fault.empty()) return tl::unexpected(fault);
    }
    below.clear();
    if (ends) break;
    const std::string line = lines[i];
    if (line == "--- wide") {
      out.wide = true;
    } else if (starts_with(line, "--- file ")) {
      out.steps.push_back({remarks, FileStep{line.substr(9), {}}, i + 1});
    } else if (starts_with(line, "--- sample ")) {
      out.steps.push_back({remarks, SampleStep{line.substr(11)}, i + 1});
    } else if (starts_with(line, "$ ")) {
      const std::size_t first = i;
      std::string command = line.substr(2);
      while (command.back() == '\\' && i + 1 < lines.size()) command += "\n" + lines[++i];
      out.steps.push_back({remarks, CommandStep{command, {}, 0}, first + 1});
    } else {
      return tl::unexpected(fmt::format("line {}: `{}` begins nothing that a case holds", i + 1, line));
    }
  }
  if (out.shows.empty() || !starts_with(out.shows.front(), "# "))
    return tl::unexpected(std::string("line 1: a case begins with what it shows"));
  return out;
}

std::string print_case(const Case& written) {
  std::string out = join_lines(written.shows);
  if (written.wide) out += "--- wide\n";
  for (const Step& step : written.steps) {
    out += "\n" + join_lines(step.remarks);
    if (const auto* file = std::get_if<FileStep>(&step.body)) {
      out += fmt::format("--- file {}\n{}", file->path, file->text);
    } else if (const auto* sample = std::get_if<SampleStep>(&step.body)) {
      out += fmt::format("--- sample {}\n", sample->path);
    } else {
      const auto& command = std::get<CommandStep>(step.body);
      out += fmt::format("$ {}\n{}", command.command, command.expected);
      if (command.exit != 0) out += fmt::format("[exit {}]\n", command.exit);
    }
  }
  return out;
}

tl::expected<std::string, std::string> made_text(const std::string& text) {
  std::string out;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t open = text.find("<<", begin);
    const std::size_t close = open == std::string::npos ? open : text.find(">>", open);
    if (close == std::string::npos) {
      out.append(text, begin);
      break;
    }
    out.append(text, begin, open - begin);
    const std::string what = text.substr(open + 2, close - open - 2);
    if (!put_in(what, out)) return tl::unexpected(fmt::format("`<<{}>>` says neither how often nor which byte", what));
    begin = close + 2;
  }
  return out;
}

}  // namespace assay::golden
