#pragma once
// Lists of arms as people write them.

#include <string>
#include <vector>

namespace noema::app {

/// Cuts a list of arms at the commas outside braces: "static,noema{without=merge,matches}" has two.
std::vector<std::string> split_arms(const std::string& list);

}  // namespace noema::app
