// What somebody might change in an explanation, kind by kind, each as cleanly as it can be done by hand: whether a
// judge tells.
#pragma once

#include <map>
#include <string>

#include "apps/verifier/accept/accept.h"

namespace assay::oracle {

struct Kind {
  std::size_t rejected = 0, accepted = 0;
};
using Told = std::map<std::string, Kind>;

// Makes every kind of change that there is something for in the explanation, at every step that has it, up to a few.
// `printed`: what is not told is printed.
void change(const std::string& json, verifier::Judge& judge, const std::string& whose, Told& told, bool printed);
// How many were not told.
std::size_t print(const Told& told, const std::string& title);

}  // namespace assay::oracle
