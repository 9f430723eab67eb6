#pragma once
// The layers of L that every graph has beside the sequence layer.

#include <functional>
#include <memory>
#include <vector>

#include "concepts/layer.h"

namespace noema::concepts {

/// Makes a layer that has counted nothing.
using LayerMaker = std::function<std::unique_ptr<Layer>()>;

/// One line for each further layer, in the order in which L adds them up. concepts/layer.h says what a layer must do.
std::vector<LayerMaker> further_layers();

}  // namespace noema::concepts
