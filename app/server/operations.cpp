// All operations, group by group.

#include "app/server/operation.h"
#include "app/server/operations/lists.h"

namespace noema::app {

const std::vector<Operation>& operations() {
  static const std::vector<Operation> all = [] {
    std::vector<Operation> groups;
    for (const auto& group :
         {operations_of_telling(), operations_of_asking(), operations_of_looking(), operations_of_thinking()})
      groups.insert(groups.end(), group.begin(), group.end());
    return groups;
  }();
  return all;
}

}  // namespace noema::app
