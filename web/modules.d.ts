// What the bundler adds to imports: styles, pictures, workers, import.meta.glob.
/// <reference types="vite/client" />
