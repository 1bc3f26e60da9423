// osmtogeojson has no types.
declare module 'osmtogeojson' {
  export default function osmtogeojson(data: unknown, options?: { readonly flatProperties?: boolean }): unknown;
}
