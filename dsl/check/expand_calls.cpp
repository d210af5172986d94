// Methods are put in place of their calls before anything is typed (docs/language.md 2.8). Each call gets a copy of the
// method's formula, in which the chains that name an argument are copies of what the call gives for it. Copies keep the
// place in the text of what they are copies of.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "dsl/check/checker.h"
#include "dsl/syntax/children.h"

namespace assay::checking {
namespace {

constexpr std::size_t kCallsDeepMax = 16;
constexpr std::size_t kExpressionsMax = 10'000, kExpressionsInAllMax = 1'000'000;

// One call while its formula is copied: what it gives for each argument, and the call in whose formula that stands.
struct Frame {
  const ast::MethodDecl& method;
  std::vector<ast::ExprId> given;
  const Frame* outer;
  std::size_t depth;
};

class CallExpander {
 public:
  explicit CallExpander(Checker& checker)
      : checker_(checker), broken_(checker.book.methods.size(), false), state_(checker.book.methods.size(), 0) {}

  void run() {
    for (std::uint32_t i = 0; i < checker_.book.methods.size(); ++i) check_arguments(decl(MethodId{i}));
    for (std::uint32_t i = 0; i < checker_.book.methods.size(); ++i) find_cycles(MethodId{i});
    for (const ast::ExprId id : calls_of_rules()) put_in_place(id);
  }

 private:
  const ast::MethodDecl& decl(MethodId id) const {
    return std::get<ast::MethodDecl>(checker_.book.tree.decl(checker_.method_declared[id.index]));
  }
  const ast::Tree& tree() const { return checker_.book.tree; }

  template <class Visit>
  void walk(ast::ExprId id, Visit& visit) const {
    visit(id);
    ast::for_each_child(tree().expr(id), [&](ast::ExprId child) { walk(child, visit); });
  }

  void check_arguments(const ast::MethodDecl& method);
  // A method, and the place of its call of the next one.
  struct Way {
    MethodId method;
    Span at;
  };
  std::vector<Way> calls_of(MethodId id) const;
  void find_cycles(MethodId root);
  void report_cycle(const std::vector<Way>& way);
  std::vector<ast::ExprId> calls_of_rules() const;
  void put_in_place(ast::ExprId id);

  bool too_large(std::size_t depth);
  std::optional<MethodId> called(const ast::Call& call, Span at);
  std::optional<ast::ExprId> formula(const ast::Call& call, ast::ExprId id, const Frame* frame, std::size_t depth);
  ast::ExprId copy(ast::ExprId id, const Frame* frame);
  ast::ExprId copy_chain(ast::ExprId id, const Frame& frame);
  void splice(ast::Chain& chain, const Frame& frame);
  void needs_a_name(ast::ExprId given, const ast::Name& argument);
  ast::ExprId add(ast::Expr expr, Span span);

  static std::optional<std::size_t> argument_of(const Frame& frame, const ast::Name& name) {
    const auto& arguments = frame.method.arguments;
    const auto found =
        std::find_if(arguments.begin(), arguments.end(), [&](const ast::Name& each) { return each.text == name.text; });
    if (found == arguments.end()) return std::nullopt;
    return static_cast<std::size_t>(found - arguments.begin());
  }

  Checker& checker_;
  std::vector<bool> broken_;  // by method: in a circle
  std::vector<int> state_;    // by method: 0 not looked at, 1 being looked at, 2 done
  std::size_t made_ = 0;      // expressions, for the call of a rule that is being put in place
  std::size_t made_in_all_ = 0;
  bool failed_ = false;
  Span outermost_;
};

// Arguments are names of their own, each once, and each used.
void CallExpander::check_arguments(const ast::MethodDecl& method) {
  std::set<std::string> used;
  auto gather = [&](ast::ExprId id) {
    const auto* chain = std::get_if<ast::Chain>(&tree().expr(id));
    if (chain == nullptr) return;
    for (const ast::ChainPart& part : chain->parts) used.insert(part.name.text);
  };
  walk(method.value, gather);
  const bool parsed = !std::holds_alternative<ast::ErrorExpr>(tree().expr(method.value));
  std::map<std::string, Span> seen;
  for (const ast::Name& argument : method.arguments) {
    const auto [first, is_new] = seen.emplace(argument.text, argument.span);
    if (!is_new) {
      checker_.report(DiagnosticKind::DeclaredTwice, argument.span,
                      fmt::format("`{}` has an argument `{}` already", method.name.text, argument.text),
                      "give one of the two another name", {{first->second, "the first is here"}});
      continue;
    }
    const Lookup hidden = checker_.names.find(checker_.ruleset_of(argument.span), argument.text);
    if (hidden.symbol != nullptr && !hidden.symbol->dropped) {
      checker_.report(DiagnosticKind::HidesName, argument.span,
                      fmt::format("`{}` hides {} of that name", argument.text, noun(hidden.symbol->sort)),
                      "give the argument another name", {{hidden.symbol->span, "declared here"}});
    } else if (parsed && !used.contains(argument.text)) {
      checker_.report(DiagnosticKind::ArgumentUnused, argument.span,
                      fmt::format("the formula of `{}` does not use `{}`", method.name.text, argument.text),
                      "leave it out, or use it");
    }
  }
}

// What is wrong with a call itself is said where it is put in place.
std::vector<CallExpander::Way> CallExpander::calls_of(MethodId id) const {
  const RulesetId in = checker_.book.methods[id.index].ruleset;
  std::vector<Way> calls;
  auto gather = [&](ast::ExprId each) {
    const auto* call = std::get_if<ast::Call>(&tree().expr(each));
    if (call == nullptr) return;
    const Symbol* symbol = checker_.names.find(in, call->method.text).symbol;
    if (symbol != nullptr && symbol->sort == Sort::Method)
      calls.push_back({MethodId{symbol->index}, tree().span(each)});
  };
  walk(decl(id).value, gather);
  return calls;
}

// Without recursion, so that a chain of any length is safe.
void CallExpander::find_cycles(MethodId root) {
  if (state_[root.index] != 0) return;
  struct Open {
    MethodId method;
    std::vector<Way> calls;
    std::size_t next;
  };
  std::vector<Open> open;
  const auto enter = [&](MethodId id) {
    state_[id.index] = 1;
    open.push_back({id, calls_of(id), 0});
  };
  enter(root);
  while (!open.empty()) {
    Open& here = open.back();
    if (here.next == here.calls.size()) {
      state_[here.method.index] = 2;
      open.pop_back();
      continue;
    }
    const MethodId next = here.calls[here.next++].method;
    if (state_[next.index] == 0) {
      enter(next);
    } else if (state_[next.index] == 1) {
      std::vector<Way> way;
      for (std::size_t at = open.size(); at > 0; --at) {
        const Open& each = open[at - 1];
        way.push_back({each.method, each.calls[each.next - 1].at});
        if (each.method == next) break;
      }
      std::reverse(way.begin(), way.end());
      report_cycle(way);
    }
  }
}

void CallExpander::report_cycle(const std::vector<Way>& way) {
  const auto name = [&](std::size_t at) { return "`" + checker_.book.methods[way[at].method.index].name + "`"; };
  constexpr std::size_t kShownMax = 6;
  std::string message = name(0) + " stands on itself: it calls ";
  std::vector<Note> labels;
  for (std::size_t at = 0; at < way.size(); ++at) {
    const std::size_t next = (at + 1) % way.size();
    broken_[way[at].method.index] = true;
    if (at > kShownMax && way.size() > kShownMax + 1) continue;
    if (at == kShownMax && way.size() > kShownMax + 1) {
      message += fmt::format(", and {} methods on ", way.size() - kShownMax) + name(0);
      continue;
    }
    message += (at == 0 ? "" : ", which calls ") + name(next);
    if (at > 0) labels.push_back({way[at].at, name(at) + " calls " + name(next) + " here"});
  }
  checker_.report(DiagnosticKind::Cycle, way.front().at, std::move(message), "no formula calls itself",
                  std::move(labels));
}

// Calls outside methods, and not among the arguments of another call: those are copied with what they stand in.
std::vector<ast::ExprId> CallExpander::calls_of_rules() const {
  std::vector<bool> copied(tree().expr_count(), false);
  auto mark = [&](ast::ExprId id) { copied[id.index] = true; };
  for (const ast::DeclId id : checker_.method_declared) walk(std::get<ast::MethodDecl>(tree().decl(id)).value, mark);
  for (std::uint32_t i = 0; i < tree().expr_count(); ++i) {
    const auto* call = std::get_if<ast::Call>(&tree().expr({i}));
    if (call == nullptr) continue;
    for (const ast::ExprId argument : call->arguments) walk(argument, mark);
  }
  std::vector<ast::ExprId> calls;
  for (std::uint32_t i = 0; i < tree().expr_count(); ++i) {
    if (!copied[i] && std::holds_alternative<ast::Call>(tree().expr({i}))) calls.push_back({i});
  }
  return calls;
}

void CallExpander::put_in_place(ast::ExprId id) {
  if (made_in_all_ > kExpressionsInAllMax) return;
  made_ = 0;
  failed_ = false;
  outermost_ = tree().span(id);
  const ast::Call call = std::get<ast::Call>(tree().expr(id));
  const auto body = formula(call, id, nullptr, 1);
  if (body && !failed_) std::get<ast::Call>(checker_.book.tree.expr(id)).body = body;
}

std::optional<MethodId> CallExpander::called(const ast::Call& call, Span at) {
  const Symbol* symbol = checker_.find(checker_.ruleset_of(at), call.method, Sort::Method);
  if (symbol == nullptr) return std::nullopt;
  const MethodId id{symbol->index};
  checker_.method_called[id.index] = true;
  const RulesetId in = checker_.ruleset_of(at), of = checker_.book.methods[id.index].ruleset;
  if (checker_.book.ruleset(of).editions.size() > 1 && in != of && !checker_.names.pinned(in, of)) {
    checker_.report(DiagnosticKind::EditionsDiffer, at,
                    fmt::format("`{}` has several editions, and a call is put in place before any date is asked",
                                checker_.book.ruleset(of).name),
                    "say which is meant with `use ... edition`, or read a define instead",
                    {{symbol->span, "one is here"}});
  }
  const std::size_t wanted = decl(id).arguments.size(), found = call.arguments.size();
  if (wanted == found) return id;
  std::vector<std::string> names;
  for (const ast::Name& argument : decl(id).arguments) names.push_back(argument.text);
  checker_.report(DiagnosticKind::WrongArguments, at,
                  fmt::format("`{}` has {} argument{}, {} given here", call.method.text, wanted, wanted == 1 ? "" : "s",
                              found == 1 ? "1 is" : fmt::format("{} are", found)),
                  fmt::format("write `{}({})`", call.method.text, fmt::join(names, ", ")),
                  {{symbol->span, "declared here"}});
  return std::nullopt;
}

std::optional<ast::ExprId> CallExpander::formula(const ast::Call& call, ast::ExprId id, const Frame* frame,
                                                 std::size_t depth) {
  const auto method = called(call, tree().span(id));
  if (!method || broken_[method->index]) {
    failed_ = true;
    return std::nullopt;
  }
  if (too_large(depth)) return std::nullopt;
  checker_.book.resolved.resize(tree().expr_count());
  checker_.book.resolved[id.index] = MethodRef{*method};
  const Frame here{decl(*method), call.arguments, frame, depth};
  return copy(here.method.value, &here);
}

// Said once of a call; of calls that are too many in all, at the one that passes it.
bool CallExpander::too_large(std::size_t depth) {
  const bool in_all = made_in_all_ > kExpressionsInAllMax, here = made_ > kExpressionsMax;
  if (!in_all && !here && depth <= kCallsDeepMax) return false;
  if (!failed_) {
    const std::string what =
        in_all
            ? fmt::format("put in place, all calls up to this one are more than {} expressions", kExpressionsInAllMax)
        : here ? fmt::format("put in place, this call is more than {} expressions", kExpressionsMax)
               : fmt::format("this call leads to calls more than {} deep", kCallsDeepMax);
    checker_.report(DiagnosticKind::CallTooLarge, outermost_, what, "put part of it in a define of its own");
  }
  failed_ = true;
  return true;
}

ast::ExprId CallExpander::add(ast::Expr expr, Span span) {
  ++made_;
  ++made_in_all_;
  return checker_.book.tree.add(std::move(expr), span);
}

// `frame` is that of the formula in which the expression stands; of what a rule gives to its call there is none.
ast::ExprId CallExpander::copy(ast::ExprId id, const Frame* frame) {
  if (failed_ || too_large(0)) return id;
  ast::Expr expr = tree().expr(id);
  const Span span = tree().span(id);
  if (std::holds_alternative<ast::Chain>(expr) && frame != nullptr) return copy_chain(id, *frame);
  if (std::holds_alternative<ast::Call>(expr)) {
    const ast::Call call = std::get<ast::Call>(expr);
    const ast::ExprId made = add(std::move(expr), span);
    const auto body = formula(call, made, frame, frame == nullptr ? 1 : frame->depth + 1);
    if (body) std::get<ast::Call>(checker_.book.tree.expr(made)).body = body;
    return made;
  }
  // A set, its weights, what is near or the same, and what `days since` asks of are chains, and stay so.
  std::set<std::uint32_t> names;
  const auto must_stay_names = [&](const ast::SetOf& set) {
    names.insert(set.set.index);
    if (set.nearest) names.insert(set.nearest->by.index);
    for (const ast::ExprId same : set.with_same) names.insert(same.index);
  };
  if (const auto* aggregate = std::get_if<ast::Aggregate>(&expr)) {
    if (const auto* set = std::get_if<ast::SetOf>(&aggregate->range)) must_stay_names(*set);
    if (aggregate->weighted_by) names.insert(aggregate->weighted_by->index);
  }
  if (const auto* quantified = std::get_if<ast::Quantified>(&expr)) {
    if (const auto* set = std::get_if<ast::SetOf>(&quantified->range)) must_stay_names(*set);
  }
  if (const auto* position = std::get_if<ast::Position>(&expr)) must_stay_names(position->among);
  if (const auto* spread = std::get_if<ast::Spread>(&expr)) must_stay_names(spread->among);
  if (const auto* since = std::get_if<ast::DaysSince>(&expr)) names.insert(since->event.index);
  ast::for_each_child(expr, [&](ast::ExprId& child) {
    const ast::ExprId made = copy(child, frame);
    if (!failed_ && names.contains(child.index) && !std::holds_alternative<ast::Chain>(tree().expr(made)))
      needs_a_name(made, std::get<ast::Chain>(tree().expr(child)).parts.front().name);
    child = made;
  });
  return add(std::move(expr), span);
}

void CallExpander::needs_a_name(ast::ExprId given, const ast::Name& argument) {
  failed_ = true;
  checker_.report(
      DiagnosticKind::ArgumentNotAName, tree().span(given),
      fmt::format("{} is given for `{}`, where a name is needed", checker_.quote(tree().span(given)), argument.text),
      "give a name, or put this in a define of its own", {{argument.span, "here"}});
}

ast::ExprId CallExpander::copy_chain(ast::ExprId id, const Frame& frame) {
  ast::Chain chain = std::get<ast::Chain>(tree().expr(id));
  const Span span = tree().span(id);
  const bool one_name = chain.parts.size() == 1 && !chain.parts.front().other && !chain.by;
  if (one_name) {
    const auto argument = argument_of(frame, chain.parts.front().name);
    if (!argument) return add(std::move(chain), span);
    const ast::ExprId made = copy(frame.given[*argument], frame.outer);
    checker_.book.put_at[made.index] = span;
    return made;
  }
  splice(chain, frame);
  return add(std::move(chain), span);
}

// In `average of value of trusts` or `overall of whom` what is given for the argument has to be names too.
void CallExpander::splice(ast::Chain& chain, const Frame& frame) {
  std::vector<ast::ChainPart> parts;
  for (ast::ChainPart& part : chain.parts) {
    const auto argument = argument_of(frame, part.name);
    if (!argument) {
      parts.push_back(std::move(part));
      continue;
    }
    const ast::ExprId made = copy(frame.given[*argument], frame.outer);
    if (failed_) return;
    const auto* given = std::get_if<ast::Chain>(&tree().expr(made));
    if (given == nullptr || given->by || given->parts.empty()) return needs_a_name(made, part.name);
    const bool other = part.other;
    const std::size_t first = parts.size();
    parts.insert(parts.end(), given->parts.begin(), given->parts.end());
    parts[first].other = parts[first].other || other;
  }
  chain.parts = std::move(parts);
}

}  // namespace

void expand_calls(Checker& checker) {
  checker.method_called.resize(checker.book.methods.size(), false);
  CallExpander(checker).run();
  checker.book.resolved.resize(checker.book.tree.expr_count());
  checker.book.expr_types.resize(checker.book.tree.expr_count(), kErrorType);
}

}  // namespace assay::checking
