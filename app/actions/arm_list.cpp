#include "app/actions/arm_list.h"

namespace noema::app {

std::vector<std::string> split_arms(const std::string& list) {
  std::vector<std::string> arms(1);
  int depth = 0;
  for (const char c : list) {
    depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    if (c == ',' && depth == 0) {
      arms.emplace_back();
    } else {
      arms.back() += c;
    }
  }
  return arms;
}

}  // namespace noema::app
