// The graph of rules by name: no cycle, whatever subjects and dates stand between (docs/language.md 8.3). Without
// recursion, so that a chain of any length is safe.
#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "dsl/check/reads.h"

namespace assay::checking {
namespace {

using Edges = std::vector<std::vector<Read>>;

// Tarjan's strongly connected components, on a stack of its own.
class Components {
 public:
  explicit Components(const Edges& edges)
      : edges_(edges),
        order_(edges.size(), 0),
        low_(edges.size(), 0),
        on_stack_(edges.size(), false),
        of(edges.size(), 0) {
    for (std::size_t i = 0; i < edges.size(); ++i) {
      if (order_[i] == 0) visit(i);
    }
  }

 private:
  struct Frame {
    std::size_t node, edge;
  };

  void enter(std::size_t node) {
    order_[node] = low_[node] = ++count_;
    stack_.push_back(node);
    on_stack_[node] = true;
    frames_.push_back({node, 0});
  }

  void visit(std::size_t root) {
    enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const std::size_t node = frame.node;
      if (frame.edge < edges_[node].size()) {
        const auto* next = std::get_if<RuleId>(&edges_[node][frame.edge++].what);
        if (next == nullptr) continue;
        if (order_[next->index] == 0) {
          enter(next->index);
        } else if (on_stack_[next->index]) {
          low_[node] = std::min(low_[node], order_[next->index]);
        }
        continue;
      }
      frames_.pop_back();
      if (!frames_.empty()) low_[frames_.back().node] = std::min(low_[frames_.back().node], low_[node]);
      if (low_[node] == order_[node]) close(node);
    }
  }

  void close(std::size_t node) {
    ++components_;
    for (std::size_t member = edges_.size(); member != node;) {
      member = stack_.back();
      stack_.pop_back();
      on_stack_[member] = false;
      of[member] = components_;
    }
  }

  const Edges& edges_;
  std::vector<std::size_t> order_, low_, stack_;
  std::vector<bool> on_stack_;
  std::vector<Frame> frames_;
  std::size_t count_ = 0, components_ = 0;

 public:
  std::vector<std::size_t> of;  // by rule: the number of its component
};

struct Hop {
  std::size_t rule;
  const Read* read;
};  // the rule and its reading of the next one

// A shortest way from a rule back to itself within its component; empty where there is none.
std::vector<Hop> way_back(const Edges& edges, const Components& components, std::size_t start) {
  std::vector<std::optional<Hop>> came(edges.size());
  std::deque<std::size_t> waiting{start};
  while (!waiting.empty()) {
    const std::size_t rule = waiting.front();
    waiting.pop_front();
    for (const Read& read : edges[rule]) {
      const auto* next = std::get_if<RuleId>(&read.what);
      if (next == nullptr || components.of[next->index] != components.of[start]) continue;
      if (next->index == start) {
        std::vector<Hop> way{{rule, &read}};
        while (way.back().rule != start) way.push_back(*came[way.back().rule]);
        std::reverse(way.begin(), way.end());
        return way;
      }
      if (came[next->index]) continue;
      came[next->index] = Hop{rule, &read};
      waiting.push_back(next->index);
    }
  }
  return {};
}

void report_cycle(Checker& checker, const std::vector<Hop>& way) {
  constexpr std::size_t kShownMax = 6;
  const auto name = [&](std::size_t rule) { return "`" + checker.book.rules[rule].name + "`"; };
  std::string message = name(way.front().rule) + " stands on itself: it reads ";
  std::vector<Note> labels;
  for (std::size_t i = 0; i < way.size(); ++i) {
    const std::size_t next = way[(i + 1) % way.size()].rule;
    if (i == kShownMax && way.size() > kShownMax + 1) {
      message += fmt::format(", and {} rules on ", way.size() - kShownMax - 1) + name(way.front().rule);
      break;
    }
    message += (i == 0 ? "" : ", which reads ") + name(next);
    if (i > 0) labels.push_back({way[i].read->at, name(way[i].rule) + " reads " + name(next) + " here"});
  }
  checker.report(DiagnosticKind::Cycle, way.front().read->at, std::move(message),
                 "let one of them read evidence, or a recorded decision, instead", std::move(labels));
}

}  // namespace

void check_graph(Checker& checker) {
  const Edges edges = rule_reads(checker);
  const Components components(edges);
  std::vector<bool> told(edges.size() + 1, false);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (told[components.of[i]]) continue;
    told[components.of[i]] = true;
    const auto way = way_back(edges, components, i);
    if (!way.empty()) report_cycle(checker, way);
  }
  for (std::size_t i = 0; i < checker.book.rules.size() && !checker.interactions_dropped; ++i) {
    const auto* flag = std::get_if<FlagRule>(&checker.book.rules[i].body);
    if (flag == nullptr || flag->when || !flag->raised_by.empty()) continue;
    checker.report(DiagnosticKind::NeverRaised, checker.rule_named[i],
                   fmt::format("nothing raises `{}`", checker.book.rules[i].name),
                   "say `when`, or let an interaction raise it");
  }
}

}  // namespace assay::checking
