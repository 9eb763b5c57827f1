#include "cli/draw.h"

#include <graphviz/gvc.h>

#include <memory>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

extern "C" {
extern gvplugin_library_t gvplugin_core_LTX_library;        // SVG
extern gvplugin_library_t gvplugin_dot_layout_LTX_library;  // layers
}

namespace consulta {

namespace {

struct ContextCloser {
  void operator()(GVC_t* context) const { gvFreeContext(context); }
};
struct GraphCloser {
  void operator()(Agraph_t* graph) const { agclose(graph); }
};

Failure cannotDraw() {
  return unavailable("draw", msg("Graphviz could not draw the graph; --format dot prints it as it "
                                 "is, to be drawn elsewhere"));
}

}  // namespace

Result<std::string> drawSvg(const std::string& dot) {
#ifdef __SANITIZE_ADDRESS__
  const __lsan::ScopedDisabler itsOwn;  // Graphviz keeps a few hundred bytes until the process ends
#endif
  lt_symlist_t parts[] = {{"gvplugin_dot_layout_LTX_library", &gvplugin_dot_layout_LTX_library},
                          {"gvplugin_core_LTX_library", &gvplugin_core_LTX_library},
                          {nullptr, nullptr}};
  constexpr int none_on_demand = 0;
  const std::unique_ptr<GVC_t, ContextCloser> context(gvContextPlugins(parts, none_on_demand));
  if (!context) return cannotDraw();
  const std::unique_ptr<Agraph_t, GraphCloser> graph(agmemread(dot.c_str()));
  if (!graph || gvLayout(context.get(), graph.get(), "dot") != 0) return cannotDraw();
  char* bytes = nullptr;
  unsigned length = 0;
  const bool drawn = gvRenderData(context.get(), graph.get(), "svg", &bytes, &length) == 0;
  std::string out = drawn ? std::string(bytes, length) : std::string();
  if (drawn) gvFreeRenderData(bytes);
  gvFreeLayout(context.get(), graph.get());
  if (!drawn) return cannotDraw();
  return out;
}

}  // namespace consulta
