#include "concepts/layers.h"

namespace noema::concepts {

std::vector<LayerMaker> further_layers() { return {}; }

}  // namespace noema::concepts
